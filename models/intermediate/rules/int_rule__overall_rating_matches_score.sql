with ratings as (select * from {{ ref('int_ratings__derived') }}),
facts as (select * from {{ ref('int_inspections__facts') }}),

final as (

    select
        'overall_rating_matches_score' as rule_id,
        ratings.inspection_id,
        'overall rating' as subject,
        ratings.citation_id as citation_id_a,
        facts.score_citation_id as citation_id_b,
        ratings.rating_id as value_a,
        concat(
            ratings.derived_rating_id, ' (',
            {{ number_text('ratings.score') }}, '/', {{ number_text('ratings.score_max') }}, ')'
        ) as value_b,
        cast(null as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from ratings
    left join facts on ratings.inspection_id = facts.inspection_id
    where
        ratings.rating_basis = 'score'
        and ratings.discretion_citation_id is null
        and ratings.rating_id <> ratings.derived_rating_id

)

select * from final
