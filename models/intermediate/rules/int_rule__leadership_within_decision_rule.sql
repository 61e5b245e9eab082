{# A finding cites the best rated of the case supervision standards; of several, the first in the text. #}
with ratings as (select * from {{ ref('int_ratings__derived') }}),
standards as (select * from {{ ref('stg_reference__standards') }}),

case_ratings as (

    select
        inspection_id,
        max(points) as points
    from ratings
    where is_case_supervision
    group by inspection_id

),

final as (

    select
        'leadership_within_decision_rule' as rule_id,
        leadership.inspection_id,
        'leadership against case supervision' as subject,
        leadership.citation_id as citation_id_a,
        min(supervision.citation_id) as citation_id_b,
        leadership.rating_id as value_a,
        concat('no case supervision standard above ', min(supervision.rating_id)) as value_b,
        cast(leadership.points - case_ratings.points as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from ratings as leadership
    inner join standards on leadership.standard_id = standards.standard_id
    inner join case_ratings on leadership.inspection_id = case_ratings.inspection_id
    inner join ratings as supervision
        on case_ratings.inspection_id = supervision.inspection_id and case_ratings.points = supervision.points
    where
        standards.topic_id = 'leadership'
        and supervision.is_case_supervision
        and leadership.points > 1
        and case_ratings.points <= 1
    group by
        leadership.inspection_id, leadership.citation_id, leadership.rating_id, leadership.points, case_ratings.points

)

select * from final
