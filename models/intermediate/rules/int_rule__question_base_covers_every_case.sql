{# A question is judged in every inspected case unless the framework marks it as not applying in some, or its whole
   standard has a base of its own. #}
with figures as (select * from {{ ref('int_reported_figures__normalised') }}),
questions as (select * from {{ ref('stg_reference__questions') }}),
question_bases as (select * from {{ ref('stg_reference__question_bases') }}),
facts as (select * from {{ ref('stg_reports__inspection_facts') }}),

final as (

    select
        'question_base_covers_every_case' as rule_id,
        figures.inspection_id,
        figures.description as subject,
        figures.citation_id as citation_id_a,
        facts.citation_id as citation_id_b,
        concat('base of ', {{ number_text('figures.denominator_n') }}) as value_a,
        concat({{ number_text('facts.value_n') }}, ' cases inspected') as value_b,
        cast(figures.denominator_n - facts.value_n as {{ type_double() }}) as difference,
        concat(
            'Both can be right if the question was not judged in ',
            {{ number_text('facts.value_n - figures.denominator_n') }}, ' of the ', {{ number_text('facts.value_n') }},
            ' cases.'
        ) as computed_explanation
    from figures
    inner join questions on figures.question_id = questions.question_id
    inner join facts on figures.inspection_id = facts.inspection_id
    left join question_bases
        on figures.question_id = question_bases.scope_id and question_bases.denominator_basis = 'relevant_cases'
    where
        figures.comparator_kind is null
        and figures.population_id = 'inspected_cases'
        and figures.case_group_id in ('all', 'relevant')
        and facts.fact = 'cases_inspected'
        and not (
            questions.excludes_unpaid_work_only or questions.not_in_every_case or questions.post_custody_only
        )
        and question_bases.scope_id is null
        and figures.denominator_n < facts.value_n

)

select * from final
