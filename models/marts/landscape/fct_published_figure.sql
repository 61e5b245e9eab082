with figures as (select * from {{ ref('stg_landscape__published_figures') }}),
inspections as (select * from {{ ref('int_landscape__published_inspections') }}),
hedges as (select * from {{ ref('stg_reference__hedges') }}),
topics as (select * from {{ ref('stg_reference__topics') }}),

final as (

    select
        figures.published_figure_id,
        figures.published_rating_id,
        inspections.inspection_id,
        inspections.programme_id,
        inspections.body_id,
        figures.topic_id,
        figures.stage_topic_id,
        figures.body_type,
        figures.body_name,
        inspections.region_name,
        figures.is_about_body,
        figures.published_date,
        figures.measure,
        stages.topic_name as stage_name,
        topics.topic_name,
        figures.population,
        figures.value,
        figures.unit,
        figures.numerator_n,
        figures.denominator_n,
        {# A share printed in words or with a hedge stands for a range; a hedged count has one known bound. #}
        cast(case
            when hedges.hedge_id is null then figures.value
            when figures.unit = 'per_cent'
                then
                    case
                        when figures.value + hedges.low_offset < 0 then 0
                        else figures.value + hedges.low_offset
                    end
            when hedges.low_offset >= 0 then figures.value
        end as decimal(12, 4)) as value_low,
        cast(case
            when hedges.hedge_id is null then figures.value
            when figures.unit = 'per_cent'
                then
                    case
                        when figures.value + hedges.high_offset > 100 then 100
                        else figures.value + hedges.high_offset
                    end
            when hedges.high_offset <= 0 then figures.value
        end as decimal(12, 4)) as value_high,
        figures.hedge_id,
        figures.is_fraction_in_words,
        figures.as_printed,
        figures.source_type,
        figures.url,
        figures.citation_id
    from figures
    left join inspections on figures.published_rating_id = inspections.published_rating_id
    left join hedges on figures.hedge_id = hedges.hedge_id
    left join topics on figures.topic_id = topics.topic_id
    left join topics as stages on figures.stage_topic_id = stages.topic_id

)

select * from final
