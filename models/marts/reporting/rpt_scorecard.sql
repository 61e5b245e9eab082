{%- set standards = [
    'leadership', 'staff', 'services', 'information_and_facilities', 'court_work', 'assessment', 'planning', 'delivery',
    'reviewing', 'unpaid_work', 'through_the_gate',
] -%}
{%- set case_standards = ['court_work', 'assessment', 'planning', 'delivery', 'reviewing'] -%}
{%- set measures = [
    ('staff_headcount_fte', 'po', 'staff_po_fte'),
    ('staff_headcount_fte', 'pso', 'staff_pso_fte'),
    ('vacancy_rate', 'po', 'vacancy_rate_po_pct'),
    ('vacancy_rate', 'pso', 'vacancy_rate_pso_pct'),
    ('average_caseload', 'po', 'average_caseload_po'),
    ('average_caseload', 'pso', 'average_caseload_pso'),
    ('workload_measurement_average', 'po', 'workload_po_pct_of_capacity'),
    ('workload_measurement_average', 'pso', 'workload_pso_pct_of_capacity'),
    ('sickness_absence_days', 'all', 'sickness_absence_days_per_person'),
    ('attrition_rate', 'all', 'attrition_rate_pct'),
] -%}
with inspections as (select * from {{ ref('dim_inspection') }}),
ratings as (select * from {{ ref('fct_rating') }}),
crosswalk as (select * from {{ ref('stg_reference__standard_crosswalk') }}),
staffing as (select * from {{ ref('fct_staffing') }}),
outcomes as (select * from {{ ref('fct_outcome') }}),
caseloads as (select * from {{ ref('fct_caseload') }}),
discrepancies as (select * from {{ ref('fct_discrepancy') }}),
recommendations as (select * from {{ ref('fct_recommendation') }}),

ratings_by_standard as (

    select
        ratings.inspection_id,
        {% for standard in standards -%}
        max(case when crosswalk.conformed_standard_id = '{{ standard }}' then ratings.rating end)
            as {{ standard }}_rating,
        {% endfor -%}
        {% for standard in case_standards -%}
        max(case when crosswalk.conformed_standard_id = '{{ standard }}' then ratings.lowest_yes_pct end)
            as {{ standard }}_lowest_yes_pct,
        {% endfor -%}
        count(*) as ratings_n
    from ratings
    inner join crosswalk on ratings.standard_id = crosswalk.standard_id
    group by ratings.inspection_id

),

staffing_by_grade as (

    select
        inspection_id,
        {% for measure, grade, name in measures -%}
        max(case when measure_id = '{{ measure }}' and grade_id = '{{ grade }}' then value end)
            as {{ name }},
        {% endfor -%}
        count(*) as figures_n
    from staffing
    group by inspection_id

),

progress_by_inspection as (

    select
        inspection_id,
        max(case when measure_id = 'reasonable_progress' then value_pct end) as reasonable_progress_pct
    from outcomes
    group by inspection_id

),

caseload_totals as (

    select
        inspection_id,
        max(value) as caseload_n
    from caseloads
    where measure_id = 'caseload_total' and population_id = 'caseload'
    group by inspection_id

),

discrepancy_counts as (

    select
        inspection_id,
        count(*) as discrepancies_n,
        sum(case when severity = 'high' then 1 else 0 end) as high_discrepancies_n
    from discrepancies
    group by inspection_id

),

recommendation_counts as (

    select
        inspection_id,
        count(*) as recommendations_n
    from recommendations
    group by inspection_id

),

final as (

    select
        inspections.inspection_id,
        inspections.organisation_id,
        inspections.framework_id,
        inspections.organisation_name,
        inspections.organisation_type,
        inspections.region_name,
        inspections.inspection_year,
        inspections.publication_month,
        inspections.overall_rating,
        inspections.score,
        inspections.score_max,
        {% for standard in standards -%}
        ratings_by_standard.{{ standard }}_rating,
        {% endfor -%}
        {% for standard in case_standards -%}
        ratings_by_standard.{{ standard }}_lowest_yes_pct,
        {% endfor -%}
        progress_by_inspection.reasonable_progress_pct,
        inspections.cases_inspected,
        inspections.court_reports_inspected,
        cast(caseload_totals.caseload_n as integer) as caseload_n,
        {% for measure, grade, name in measures -%}
        staffing_by_grade.{{ name }},
        {% endfor -%}
        cast(coalesce(recommendation_counts.recommendations_n, 0) as integer) as recommendations_n,
        cast(coalesce(discrepancy_counts.discrepancies_n, 0) as integer) as discrepancies_n,
        cast(coalesce(discrepancy_counts.high_discrepancies_n, 0) as integer) as high_discrepancies_n,
        inspections.citation_id
    from inspections
    left join ratings_by_standard on inspections.inspection_id = ratings_by_standard.inspection_id
    left join staffing_by_grade on inspections.inspection_id = staffing_by_grade.inspection_id
    left join progress_by_inspection on inspections.inspection_id = progress_by_inspection.inspection_id
    left join caseload_totals on inspections.inspection_id = caseload_totals.inspection_id
    left join discrepancy_counts on inspections.inspection_id = discrepancy_counts.inspection_id
    left join recommendation_counts on inspections.inspection_id = recommendation_counts.inspection_id

)

select * from final
