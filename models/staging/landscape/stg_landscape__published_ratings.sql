{# A date known as one of two years (2025/26) counts under the first. #}
{%- set first_year = "case when published like '%/%' then substring(published, 1, 4) else published end" -%}
with source as (select * from {{ raw_table('published_ratings') }}),

final as (

    select
        published_rating_id,
        document_id,
        programme_id,
        body_id,
        rating_id,
        previous_rating_id as stated_previous_rating_id,
        body_type,
        body_name,
        delius_code,
        region,
        {{ to_first_day(first_year) }} as published_date,
        case
            when published like '%/%' then 'two_years'
            when length(published) = 4 then 'year'
            when length(published) = 7 then 'month'
            else 'day'
        end as published_precision,
        {{ to_integer('substring(published, 1, 4)') }} as published_year,
        date_basis,
        {{ to_first_day('fieldwork') }} as fieldwork_date,
        case length(fieldwork) when 4 then 'year' when 7 then 'month' when 10 then 'day' end as fieldwork_precision,
        {{ to_integer('score_low') }} as score_low,
        {{ to_integer('score_high') }} as score_high,
        {{ to_integer('score_max') }} as score_max,
        score_basis,
        previous_rating_date as stated_previous_date,
        {{ to_integer('cases_n') }} as cases_n,
        {{ to_integer('pdus_n') }} as pdus_n,
        note,
        source_type,
        url
    from source

)

select * from final
