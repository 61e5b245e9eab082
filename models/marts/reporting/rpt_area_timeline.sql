with inspections as (select * from {{ ref('dim_inspection') }}),
organisations as (select * from {{ ref('dim_organisation') }}),
lineage as (select * from {{ ref('bridge_organisation_lineage') }}),
ratings as (select * from {{ ref('fct_rating') }}),
key_questions as (
    select * from {{ ref('fct_key_question') }}
    where yes_pct is not null
),
scores as (select * from {{ ref('fct_criterion_score') }}),
areas as (select * from {{ ref('stg_reference__areas') }}),
standard_crosswalk as (select * from {{ ref('stg_reference__standard_crosswalk') }}),
question_crosswalk as (select * from {{ ref('stg_reference__question_crosswalk') }}),
criterion_crosswalk as (select * from {{ ref('stg_reference__criterion_crosswalk') }}),
citations as (select * from {{ ref('dim_citation') }}),

{# Bodies that served an area: its own, and those its own took over from. #}
bodies_of_areas as (

    select
        area_id,
        organisation_id,
        'area' as coverage
    from organisations
    where area_id is not null

    union

    select
        successors.area_id,
        lineage.predecessor_organisation_id as organisation_id,
        'wider_area' as coverage
    from lineage
    inner join organisations as successors on lineage.successor_organisation_id = successors.organisation_id
    inner join organisations as predecessors on lineage.predecessor_organisation_id = predecessors.organisation_id
    where successors.area_id is not null and predecessors.area_id is null

),

figures as (

    select
        ratings.inspection_id,
        standard_crosswalk.conformed_standard_id as conformed_topic_id,
        'rating' as value_kind,
        cast(ratings.points as decimal(7, 2)) as value,
        'points' as unit,
        standard_crosswalk.comparable,
        ratings.citation_id
    from ratings
    inner join standard_crosswalk on ratings.standard_id = standard_crosswalk.standard_id

    union all

    select
        key_questions.inspection_id,
        question_crosswalk.conformed_question_id as conformed_topic_id,
        'share_of_cases' as value_kind,
        key_questions.yes_pct as value,
        'per_cent' as unit,
        question_crosswalk.comparable,
        key_questions.citation_id
    from key_questions
    inner join question_crosswalk on key_questions.question_id = question_crosswalk.question_id

    union all

    select
        scores.inspection_id,
        criterion_crosswalk.conformed_topic_id,
        'criterion_score' as value_kind,
        scores.score_pct as value,
        'per_cent' as unit,
        criterion_crosswalk.comparable,
        scores.citation_id
    from scores
    inner join criterion_crosswalk on scores.criterion_id = criterion_crosswalk.criterion_id

),

timeline as (

    select
        bodies_of_areas.area_id,
        figures.conformed_topic_id,
        figures.inspection_id,
        inspections.inspection_year,
        inspections.organisation_id,
        inspections.framework_id,
        bodies_of_areas.coverage,
        figures.value_kind,
        figures.value,
        figures.unit,
        citations.as_printed,
        figures.comparable,
        row_number() over earlier = 1 as is_first,
        inspections.organisation_id <> lag(inspections.organisation_id) over earlier as is_other_body,
        inspections.framework_id <> lag(inspections.framework_id) over earlier as is_other_framework,
        figures.value_kind <> lag(figures.value_kind) over earlier as is_other_kind,
        figures.citation_id
    from figures
    inner join inspections on figures.inspection_id = inspections.inspection_id
    inner join citations on figures.citation_id = citations.citation_id
    inner join bodies_of_areas on inspections.organisation_id = bodies_of_areas.organisation_id
    window earlier as (
        partition by bodies_of_areas.area_id, figures.conformed_topic_id
        order by inspections.inspection_year, figures.inspection_id, figures.value_kind
    )

),

final as (

    select
        timeline.area_id,
        areas.area_name,
        timeline.conformed_topic_id,
        timeline.inspection_id,
        timeline.inspection_year,
        timeline.organisation_id,
        timeline.framework_id,
        timeline.coverage,
        timeline.value_kind,
        timeline.value,
        timeline.unit,
        timeline.as_printed,
        timeline.comparable,
        not timeline.is_first
        and (timeline.is_other_body or timeline.is_other_framework or timeline.is_other_kind) as is_break,
        case
            when timeline.is_first then 'first figure of the topic'
            else concat(
                case
                    when timeline.is_other_body and timeline.is_other_framework then 'another body and framework'
                    when timeline.is_other_body then 'another body'
                    when timeline.is_other_framework then 'another framework'
                    else 'same body and framework'
                end,
                case when timeline.is_other_kind then ', another kind of figure: not comparable' else '' end
            )
        end as break_reason,
        timeline.citation_id
    from timeline
    inner join areas on timeline.area_id = areas.area_id

)

select * from final
