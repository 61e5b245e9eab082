/*
question: >-
  How many cases does an officer hold, and is that too many?
asked_by: Unions, heads of PDUs, ministers
answer: >-
  TO BE WRITTEN
caveat: >-
  Workload above 100 is more than capacity by the service's own tool, which weighs cases; caseload only counts them,
  so a services officer can hold more cases at less workload. Unification was in June 2021. In two reports average
  caseload times officers gives about twice the printed caseload, and nothing says why (question 801).
*/
with earlier as (
    select
        inspection_id,
        grade_id,
        max(value) as caseload_at_unification
    from fct_reported_figure
    where measure_id = 'average_caseload' and comparator_kind = 'earlier_date'
    group by inspection_id, grade_id
)

select
    inspections.organisation_name as body,
    staffing.grade_name as grade,
    max(earlier.caseload_at_unification) as caseload_at_unification,
    max(case when staffing.measure_id = 'average_caseload' then staffing.value end) as caseload_when_inspected,
    max(case when staffing.measure_id = 'workload_measurement_average' then staffing.value end) as workload_pct
from fct_staffing as staffing
inner join dim_inspection as inspections on staffing.inspection_id = inspections.inspection_id
left join earlier on staffing.inspection_id = earlier.inspection_id and staffing.grade_id = earlier.grade_id
where staffing.measure_id in ('average_caseload', 'workload_measurement_average')
group by inspections.inspection_year, staffing.inspection_id, inspections.organisation_name, staffing.grade_name
order by workload_pct desc nulls last, body asc, grade asc
