{# The average caseloads of both grades of officers, times the officers, come to the total caseload within a quarter:
   the dates differ, and a few cases are held by others. #}
with grades as (select * from {{ ref('int_staffing__by_grade') }}),
measures as (select * from {{ ref('int_measures__values') }}),

estimates as (

    select
        inspection_id,
        sum(staff_n * average_caseload) as cases_n,
        min(caseload_citation_id) as citation_id
    from grades
    where grade_id in ('po', 'pso') and staff_n is not null and average_caseload is not null
    group by inspection_id
    having count(*) = 2

),

totals as (

    select
        inspection_id,
        value as cases_n,
        citation_id
    from measures
    where measure_id = 'caseload_total' and not is_wider

),

final as (

    select
        'caseload_matches_officers' as rule_id,
        estimates.inspection_id,
        'average caseloads times officers against the total caseload' as subject,
        estimates.citation_id as citation_id_a,
        totals.citation_id as citation_id_b,
        concat({{ number_text(rounded('estimates.cases_n', 0)) }}, ' cases from averages and officers') as value_a,
        concat({{ number_text('totals.cases_n') }}, ' cases') as value_b,
        cast(estimates.cases_n - totals.cases_n as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from estimates
    inner join totals on estimates.inspection_id = totals.inspection_id
    where
        estimates.cases_n not between 0.75 * totals.cases_n and 1.25 * totals.cases_n

)

select * from final
