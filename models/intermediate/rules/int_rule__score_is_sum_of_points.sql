with facts as (select * from {{ ref('int_inspections__facts') }}),
ratings as (select * from {{ ref('int_ratings__derived') }}),

final as (

    select
        'score_is_sum_of_points' as rule_id,
        facts.inspection_id,
        'overall score' as subject,
        facts.score_citation_id as citation_id_a,
        ratings.citation_id as citation_id_b,
        concat({{ number_text('facts.printed_score') }}, '/', {{ number_text('facts.printed_score_max') }}) as value_a,
        concat({{ number_text('ratings.score') }}, '/', {{ number_text('ratings.score_max') }}) as value_b,
        cast(facts.printed_score - ratings.score as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from facts
    inner join ratings on facts.inspection_id = ratings.inspection_id
    where
        ratings.standard_id = 'overall'
        and (facts.printed_score <> ratings.score or facts.printed_score_max <> ratings.score_max)

)

select * from final
