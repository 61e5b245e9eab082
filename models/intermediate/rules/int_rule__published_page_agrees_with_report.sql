{# Rating, score and month of publication of a report against the page about it, and the year that a report gives for an
   earlier report against the nearest page about that body. Pages of day and month precision speak of a month. #}
with pages as (select * from {{ ref('int_landscape__published_inspections') }}),
ratings as (select * from {{ ref('int_ratings__derived') }}),
facts as (select * from {{ ref('int_inspections__facts') }}),
fact_rows as (select * from {{ ref('stg_reports__inspection_facts') }}),
sources as (select * from {{ ref('int_progress__sources') }}),

rating_breaches as (

    select
        pages.inspection_id,
        'overall rating, on the page about it' as subject,
        ratings.citation_id as citation_id_a,
        pages.citation_id as citation_id_b,
        ratings.rating_id as value_a,
        pages.rating_id as value_b,
        cast(null as {{ type_double() }}) as difference
    from pages
    inner join ratings on pages.inspection_id = ratings.inspection_id
    where ratings.standard_id = 'overall' and ratings.rating_id <> pages.rating_id

),

score_breaches as (

    select
        pages.inspection_id,
        'score, on the page about it' as subject,
        facts.score_citation_id as citation_id_a,
        pages.citation_id as citation_id_b,
        concat({{ number_text('facts.printed_score') }}, '/', {{ number_text('facts.printed_score_max') }}) as value_a,
        concat({{ number_text('pages.score_low') }}, '/', {{ number_text('pages.score_max') }}) as value_b,
        cast(facts.printed_score - pages.score_low as {{ type_double() }}) as difference
    from pages
    inner join facts on pages.inspection_id = facts.inspection_id
    where
        pages.score_basis = 'published'
        and (facts.printed_score <> pages.score_low or facts.printed_score_max <> pages.score_max)

),

date_breaches as (

    select
        pages.inspection_id,
        'month of publication, of the page about it' as subject,
        fact_rows.citation_id as citation_id_a,
        pages.citation_id as citation_id_b,
        fact_rows.value as value_a,
        cast(pages.published_date as {{ dbt.type_string() }}) as value_b,
        cast(null as {{ type_double() }}) as difference
    from pages
    inner join facts on pages.inspection_id = facts.inspection_id
    inner join fact_rows on pages.inspection_id = fact_rows.inspection_id and fact_rows.fact = 'publication_month'
    where
        case
            when pages.published_precision in ('day', 'month')
                then
                    extract(month from pages.published_date) <> extract(month from facts.publication_month)
                    or pages.published_year <> extract(year from facts.publication_month)
            else pages.published_year <> extract(year from facts.publication_month)
        end

),

nearest_pages as (

    select
        sources.inspection_id,
        concat('year of the earlier report on ', sources.source_organisation_id, ', by the page about it') as subject,
        sources.citation_id as citation_id_a,
        pages.citation_id as citation_id_b,
        sources.source_report_year,
        pages.published_year,
        row_number() over (
            partition by sources.citation_id
            order by abs(sources.source_report_year - pages.published_year), pages.published_date
        ) as nearness
    from sources
    inner join pages on sources.source_organisation_id = pages.body_id

),

earlier_report_breaches as (

    select
        inspection_id,
        subject,
        citation_id_a,
        citation_id_b,
        {{ number_text('source_report_year') }} as value_a,
        {{ number_text('published_year') }} as value_b,
        cast(source_report_year - published_year as {{ type_double() }}) as difference
    from nearest_pages
    where nearness = 1 and source_report_year <> published_year

),

breaches as (

    select * from rating_breaches
    union all
    select * from score_breaches
    union all
    select * from date_breaches
    union all
    select * from earlier_report_breaches

),

final as (

    select
        'published_page_agrees_with_report' as rule_id,
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
