{# A page against the page before about the same body, against the bands of scores, and against the register. A page
   that gives two years for the earlier rating is taken to mean either. #}
with pages as (select * from {{ ref('int_landscape__published_inspections') }}),
bands as (select * from {{ ref('stg_reference__score_bands') }}),
units as (select * from {{ ref('stg_landscape__pdu_register') }}),
spellings as (select * from {{ ref('stg_landscape__region_spellings') }}),

registered_pdus as (

    select
        spellings.region_id,
        count(*) as pdus_n
    from units
    inner join spellings on units.region = spellings.spelling
    where units.valid_to_date is null
    group by spellings.region_id

),

earlier_rating_breaches as (

    select
        pages.inspection_id,
        concat(pages.body_name, ', rating before ', {{ number_text('pages.published_year') }}) as subject,
        pages.citation_id as citation_id_a,
        earlier.citation_id as citation_id_b,
        concat(pages.stated_previous_rating_id, ' (', coalesce(pages.stated_previous_date, 'no year given'), ')')
            as value_a,
        concat(earlier.rating_id, ' (', {{ number_text('earlier.published_year') }}, ')') as value_b,
        cast(null as {{ type_double() }}) as difference
    from pages
    inner join pages as earlier on pages.earlier_published_rating_id = earlier.published_rating_id
    where
        pages.stated_previous_rating_id <> earlier.rating_id
        or earlier.published_year - {{ to_integer('substring(pages.stated_previous_date, 1, 4)') }}
        not between 0 and case when pages.stated_previous_date like '%/%' then 1 else 0 end

),

score_breaches as (

    select
        pages.inspection_id,
        concat(pages.body_name, ', score and rating') as subject,
        pages.citation_id as citation_id_a,
        cast(null as {{ dbt.type_string() }}) as citation_id_b,
        pages.rating_id as value_a,
        concat({{ number_text('pages.score_low') }}, '/', {{ number_text('pages.score_max') }}) as value_b,
        cast(null as {{ type_double() }}) as difference
    from pages
    inner join bands on pages.score_max = bands.score_max and pages.rating_id = bands.rating_id
    where pages.score_low > bands.high_score or pages.score_high < bands.low_score

),

pdu_count_breaches as (

    select
        pages.inspection_id,
        concat(pages.body_name, ', PDUs of the region') as subject,
        pages.citation_id as citation_id_a,
        cast(null as {{ dbt.type_string() }}) as citation_id_b,
        {{ number_text('pages.pdus_n') }} as value_a,
        concat({{ number_text('registered_pdus.pdus_n') }}, ' in the register') as value_b,
        cast(pages.pdus_n - registered_pdus.pdus_n as {{ type_double() }}) as difference
    from pages
    inner join registered_pdus on pages.region_id = registered_pdus.region_id
    where pages.pdus_n <> registered_pdus.pdus_n

),

breaches as (

    select * from earlier_rating_breaches
    union all
    select * from score_breaches
    union all
    select * from pdu_count_breaches

),

final as (

    select
        'published_pages_agree' as rule_id,
        inspection_id,
        subject,
        citation_id_a,
        citation_id_b,
        value_a,
        value_b,
        difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from breaches

)

select * from final
