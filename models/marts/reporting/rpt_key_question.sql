with key_questions as (select * from {{ ref('fct_key_question') }}),
inspections as (select * from {{ ref('dim_inspection') }}),
standards as (select * from {{ ref('dim_standard') }}),
questions as (select * from {{ ref('dim_question') }}),
ratings as (select * from {{ ref('fct_rating') }}),

figures as (

    select * from {{ ref('rpt_figure') }}
    where mart = 'fct_key_question'

),

final as (

    select
        key_questions.inspection_id,
        key_questions.question_id,
        inspections.organisation_name,
        inspections.organisation_type,
        inspections.region_name,
        inspections.inspection_year,
        key_questions.framework_id,
        standards.standard_name,
        questions.topic_name,
        questions.question_text,
        key_questions.yes_pct,
        key_questions.value_status,
        key_questions.yes_n,
        key_questions.cases_n,
        key_questions.base_basis,
        key_questions.yes_pct_low_80,
        key_questions.yes_pct_high_80,
        key_questions.yes_pct_low_95,
        key_questions.yes_pct_high_95,
        key_questions.eligible_cases_n,
        key_questions.yes_pct_low_95_finite,
        key_questions.yes_pct_high_95_finite,
        key_questions.band,
        key_questions.is_driver,
        ratings.rating as standard_rating,
        key_questions.cases_to_next_band,
        key_questions.band_change_probability_pct,
        figures.discrepancies_n,
        figures.locator,
        key_questions.citation_id
    from key_questions
    inner join inspections on key_questions.inspection_id = inspections.inspection_id
    inner join standards on key_questions.standard_id = standards.standard_id
    inner join questions on key_questions.question_id = questions.question_id
    inner join figures on key_questions.citation_id = figures.citation_id
    left join ratings
        on
            key_questions.inspection_id = ratings.inspection_id
            and key_questions.standard_id = ratings.standard_id

)

select * from final
