{# Where several key questions share the lowest percentage, the finding cites the first of them. #}
with ratings as (select * from {{ ref('int_ratings__derived') }}),
percentages as (select * from {{ ref('int_percentages__possible_counts') }}),
questions as (select * from {{ ref('stg_reference__questions') }}),

lowest_questions as (

    select
        percentages.inspection_id,
        percentages.standard_id,
        percentages.yes_pct,
        min(percentages.citation_id) as citation_id
    from percentages
    inner join questions on percentages.question_id = questions.question_id
    where questions.question_level = 'key_question'
    group by percentages.inspection_id, percentages.standard_id, percentages.yes_pct

),

final as (

    select
        'rating_matches_lowest_key_question' as rule_id,
        ratings.inspection_id,
        concat('rating of ', ratings.standard_id) as subject,
        ratings.citation_id as citation_id_a,
        lowest_questions.citation_id as citation_id_b,
        ratings.rating_id as value_a,
        concat(ratings.derived_rating_id, ' (', {{ number_text('ratings.lowest_yes_pct') }}, '%)') as value_b,
        cast(null as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from ratings
    inner join lowest_questions
        on
            ratings.inspection_id = lowest_questions.inspection_id
            and ratings.standard_id = lowest_questions.standard_id
            and ratings.lowest_yes_pct = lowest_questions.yes_pct
    where
        ratings.rating_basis = 'lowest_key_question'
        and ratings.discretion_citation_id is null
        and ratings.rating_id <> ratings.derived_rating_id

)

select * from final
