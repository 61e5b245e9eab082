with percentages as (select * from {{ ref('int_questions__percentages') }}),
questions as (select * from {{ ref('stg_reference__questions') }}),
bases as (select * from {{ ref('stg_reference__question_bases') }}),
facts as (select * from {{ ref('stg_reports__inspection_facts') }}),

counts as (

    select inspection_id, fact, citation_id, value_n as cases_n
    from facts

),

scopes as (

    select
        questions.question_id,
        bases.base_fact,
        bases.fallback_fact,
        bases.denominator_basis,
        row_number() over (
            partition by questions.question_id
            order by length(bases.scope_id) desc
        ) as scope_order
    from questions
    inner join bases
        on bases.scope_id in (questions.question_id, questions.parent_question_id, questions.standard_id)

),

final as (

    select
        percentages.*,
        scopes.denominator_basis,
        coalesce(base.cases_n, fallback.cases_n) as cases_n,
        coalesce(base.citation_id, fallback.citation_id) as base_citation_id
    from percentages
    left join scopes on percentages.question_id = scopes.question_id and scopes.scope_order = 1
    left join counts as base on percentages.inspection_id = base.inspection_id and scopes.base_fact = base.fact
    left join counts as fallback
        on percentages.inspection_id = fallback.inspection_id and scopes.fallback_fact = fallback.fact

)

select * from final
