with percentages as (select * from {{ ref('int_questions__percentages') }}),
questions as (select * from {{ ref('stg_reference__questions') }}),
bases as (select * from {{ ref('stg_reference__question_bases') }}),
facts as (select * from {{ ref('stg_reports__inspection_facts') }}),
whole_samples as (
    select * from {{ ref('stg_reference__population_bases') }}
    where case_group_id = 'all'
),
samples as (select * from {{ ref('int_samples__eligible_cases') }}),

counts as (

    select
        facts.inspection_id,
        facts.fact,
        facts.citation_id,
        facts.value_n as cases_n,
        case when whole_samples.fact is null then 'printed_for_group' else 'assumed' end as base_basis,
        samples.eligible_n,
        samples.eligible_basis
    from facts
    left join whole_samples on facts.fact = whole_samples.fact
    left join samples on facts.inspection_id = samples.inspection_id and facts.fact = samples.base_fact

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
        coalesce(base.base_basis, fallback.base_basis) as base_basis,
        case when base.cases_n is null then fallback.eligible_n else base.eligible_n end as eligible_n,
        case when base.cases_n is null then fallback.eligible_basis else base.eligible_basis end as eligible_basis,
        coalesce(base.citation_id, fallback.citation_id) as base_citation_id
    from percentages
    left join scopes on percentages.question_id = scopes.question_id and scopes.scope_order = 1
    left join counts as base on percentages.inspection_id = base.inspection_id and scopes.base_fact = base.fact
    left join counts as fallback
        on percentages.inspection_id = fallback.inspection_id and scopes.fallback_fact = fallback.fact

)

select * from final
