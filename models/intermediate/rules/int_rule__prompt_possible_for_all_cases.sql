{# Prompts that are marked as not applying in every case may leave cases out, as the annexe says they do; those about
   post-custody cases only have a rule of their own. #}
with counts as (select * from {{ ref('int_percentages__possible_counts') }}),
questions as (select * from {{ ref('stg_reference__questions') }}),

final as (

    select
        'prompt_possible_for_all_cases' as rule_id,
        counts.inspection_id,
        counts.question_id as subject,
        counts.citation_id as citation_id_a,
        counts.base_citation_id as citation_id_b,
        concat({{ number_text('counts.yes_pct') }}, '%') as value_a,
        concat({{ number_text('counts.cases_n') }}, ' cases') as value_b,
        cast(null as {{ type_double() }}) as difference,
        case
            when counts.largest_possible_cases_n is not null
                then concat(
                    'Both can be right if it was not judged in every case: ',
                    {{ number_text('counts.largest_possible_cases_n') }}, ' is the largest base that gives ',
                    {{ number_text('counts.yes_pct') }},
                    '%. The prompt is not marked as one that does not apply in every case.'
                )
        end as computed_explanation
    from counts
    inner join questions on counts.question_id = questions.question_id
    where
        questions.question_level = 'prompt'
        and counts.yes_n_status = 'impossible'
        and not (
            questions.excludes_unpaid_work_only or questions.not_in_every_case or questions.post_custody_only
        )

)

select * from final
