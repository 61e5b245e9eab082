with counts as (select * from {{ ref('int_percentages__possible_counts') }}),
questions as (select * from {{ ref('stg_reference__questions') }}),

final as (

    select
        'key_question_possible_for_its_base' as rule_id,
        counts.inspection_id,
        counts.question_id as subject,
        counts.citation_id as citation_id_a,
        counts.base_citation_id as citation_id_b,
        concat({{ number_text('counts.yes_pct') }}, '%') as value_a,
        concat({{ number_text('counts.cases_n') }}, ' cases') as value_b,
        cast(null as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from counts
    inner join questions on counts.question_id = questions.question_id
    where
        questions.question_level = 'key_question'
        and counts.yes_n_status = 'impossible'

)

select * from final
