with inspections as (select * from {{ ref('dim_inspection') }}),
standards as (select * from {{ ref('dim_standard') }}),
questions as (select * from {{ ref('dim_question') }}),
measures as (select * from {{ ref('dim_measure') }}),
criteria as (select * from {{ ref('dim_criterion') }}),
populations as (select * from {{ ref('stg_reference__populations') }}),
citations as (select * from {{ ref('dim_citation') }}),
discrepancy_citations as (select * from {{ ref('bridge_discrepancy_citation') }}),
ratings as (select * from {{ ref('fct_rating') }}),
key_questions as (select * from {{ ref('fct_key_question') }}),
prompts as (select * from {{ ref('fct_prompt') }}),
scores as (select * from {{ ref('fct_criterion_score') }}),
staffing as (select * from {{ ref('fct_staffing') }}),
characteristics as (select * from {{ ref('fct_case_characteristic') }}),
caseloads as (select * from {{ ref('fct_caseload') }}),
outcomes as (select * from {{ ref('fct_outcome') }}),
facts as (select * from {{ ref('fct_inspection_fact') }}),
reported_figures as (select * from {{ ref('fct_reported_figure') }}),

rating_figures as (

    select
        'fct_rating' as mart,
        ratings.inspection_id,
        ratings.citation_id,
        concat(standards.standard_name, ': rating') as figure_description,
        cast(ratings.points as decimal(12, 4)) as value,
        'points' as unit,
        cast(null as integer) as base_n,
        'not_printed' as base_basis
    from ratings
    inner join standards on ratings.standard_id = standards.standard_id

),

answers as (

    select
        'fct_key_question' as mart,
        inspection_id,
        question_id,
        citation_id,
        yes_pct,
        cases_n,
        base_basis
    from key_questions

    union all

    select
        'fct_prompt' as mart,
        inspection_id,
        question_id,
        citation_id,
        yes_pct,
        cases_n,
        base_basis
    from prompts

),

question_figures as (

    select
        answers.mart,
        answers.inspection_id,
        answers.citation_id,
        concat(standards.standard_name, ': ', questions.question_text) as figure_description,
        cast(answers.yes_pct as decimal(12, 4)) as value,
        'per_cent' as unit,
        answers.cases_n as base_n,
        answers.base_basis
    from answers
    inner join questions on answers.question_id = questions.question_id
    inner join standards on questions.standard_id = standards.standard_id

),

criterion_scores as (

    select
        'fct_criterion_score' as mart,
        scores.inspection_id,
        scores.citation_id,
        concat(criteria.criterion_code, ' ', criteria.criterion_name, ': score') as figure_description,
        cast(scores.score_pct as decimal(12, 4)) as value,
        'per_cent' as unit,
        cast(null as integer) as base_n,
        'not_printed' as base_basis
    from scores
    inner join criteria on scores.criterion_id = criteria.criterion_id

),

{# Outcome questions are among the questions already; figures of a region or of others say whose they are. #}
measure_figures as (

    select
        'fct_staffing' as mart,
        inspection_id,
        citation_id,
        measure_id,
        grade_name as detail,
        value,
        unit,
        cast(null as integer) as base_n,
        'not_printed' as base_basis
    from staffing

    union all

    select
        'fct_staffing' as mart,
        inspection_id,
        region_citation_id as citation_id,
        measure_id,
        concat(grade_name, ' of the region') as detail,
        region_value as value,
        unit,
        cast(null as integer) as base_n,
        'not_printed' as base_basis
    from staffing
    where region_citation_id is not null

    union all

    select
        'fct_case_characteristic' as mart,
        inspection_id,
        citation_id,
        measure_id,
        cast(null as {{ dbt.type_string() }}) as detail,
        value,
        unit,
        base_n,
        base_basis
    from characteristics

    union all

    select
        'fct_caseload' as mart,
        caseloads.inspection_id,
        caseloads.citation_id,
        caseloads.measure_id,
        populations.population_name as detail,
        caseloads.value,
        caseloads.unit,
        cast(null as integer) as base_n,
        'not_printed' as base_basis
    from caseloads
    inner join populations on caseloads.population_id = populations.population_id

    union all

    select
        'fct_outcome' as mart,
        outcomes.inspection_id,
        outcomes.citation_id,
        outcomes.measure_id,
        populations.population_name as detail,
        outcomes.value_pct as value,
        'per_cent' as unit,
        outcomes.denominator_n as base_n,
        outcomes.base_basis
    from outcomes
    inner join populations on outcomes.population_id = populations.population_id
    where outcomes.question_id is null

),

named_measure_figures as (

    select
        measure_figures.mart,
        measure_figures.inspection_id,
        measure_figures.citation_id,
        case
            when measure_figures.detail is null then measures.measure_name
            else concat(measures.measure_name, ': ', measure_figures.detail)
        end as figure_description,
        cast(measure_figures.value as decimal(12, 4)) as value,
        measure_figures.unit,
        measure_figures.base_n,
        measure_figures.base_basis
    from measure_figures
    inner join measures on measure_figures.measure_id = measures.measure_id

),

inspection_facts as (

    select
        'fct_inspection_fact' as mart,
        inspection_id,
        citation_id,
        replace(fact, '_', ' ') as figure_description,
        cast(coalesce(value_n, score) as decimal(12, 4)) as value,
        case value_type when 'score' then 'points' else value_type end as unit,
        cast(null as integer) as base_n,
        'not_printed' as base_basis
    from facts
    where citation_id is not null

),

running_text_figures as (

    select
        'fct_reported_figure' as mart,
        inspection_id,
        citation_id,
        description as figure_description,
        cast(coalesce(value, value_pct, numerator_n) as decimal(12, 4)) as value,
        case when value_pct is not null then 'per_cent' else coalesce(unit, 'count') end as unit,
        base_n,
        base_basis
    from reported_figures

),

figures as (

    select * from rating_figures
    union all
    select * from question_figures
    union all
    select * from criterion_scores
    union all
    select * from named_measure_figures
    union all
    select * from inspection_facts
    union all
    select * from running_text_figures

),

discrepancy_counts as (

    select
        citation_id,
        count(*) as discrepancies_n
    from discrepancy_citations
    group by citation_id

),

{# A figure in words keeps its hedge wherever it is held. #}
hedged_figures as (

    select
        citation_id,
        hedge
    from reported_figures
    where hedge is not null

),

final as (

    select
        figures.citation_id,
        figures.mart,
        figures.inspection_id,
        inspections.organisation_name,
        inspections.inspection_year,
        figures.figure_description,
        figures.value,
        figures.unit,
        figures.base_n,
        figures.base_basis,
        hedged_figures.hedge,
        citations.as_printed,
        citations.section,
        citations.page_from,
        citations.page_to,
        citations.locator,
        cast(coalesce(discrepancy_counts.discrepancies_n, 0) as integer) as discrepancies_n
    from figures
    inner join inspections on figures.inspection_id = inspections.inspection_id
    inner join citations on figures.citation_id = citations.citation_id
    left join hedged_figures on figures.citation_id = hedged_figures.citation_id
    left join discrepancy_counts on figures.citation_id = discrepancy_counts.citation_id

)

select * from final
