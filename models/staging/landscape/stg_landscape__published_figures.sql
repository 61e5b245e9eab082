{# A date known as one of two years (2025/26) counts under the first. #}
{%- set first_year = "case when published like '%/%' then substring(published, 1, 4) else published end" -%}
with source as (select * from {{ raw_table('published_figures') }}),

final as (

    select
        published_figure_id,
        document_id,
        published_rating_id,
        body_type,
        body_name,
        stage_topic_id,
        topic_id,
        population,
        {{ to_boolean('is_about_body') }} as is_about_body,
        {{ to_first_day(first_year) }} as published_date,
        measure,
        {{ to_number('value') }} as value,
        unit,
        {{ to_integer('numerator_n') }} as numerator_n,
        {{ to_integer('denominator_n') }} as denominator_n,
        hedge_id,
        {{ to_boolean('is_fraction_in_words') }} as is_fraction_in_words,
        as_printed,
        source_type,
        url,
        concat(document_id, ':', published_figure_id) as citation_id
    from source

)

select * from final
