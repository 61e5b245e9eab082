/*
question: How many cases does an officer hold, and is that too many?
asked_by: Unions, heads of PDUs, ministers
answer: >-
  [% set cases = rows | rejectattr("caseload_when_inspected", "none") | sort(attribute="caseload_when_inspected") |
  list %] [% set loads = rows | rejectattr("workload_pct", "none") | sort(attribute="workload_pct") | list %] [% if
  cases %]When inspected, from [[ cases[0].caseload_when_inspected | number ]] ([[ cases[0].grade | staff ]], [[
  cases[0].body ]]) to [[ cases[-1].caseload_when_inspected | number ]] ([[ cases[-1].grade | staff ]], [[
  cases[-1].body ]]) on average.[% endif %] [% if loads %]By the service's own tool [[ loads |
  selectattr("workload_pct", "gt", 100) | list | length | part_of(loads | length) ]] averages printed [[ "is" if loads
  | selectattr("workload_pct", "gt", 100) | list | length == 1 else "are" ]] above capacity, the highest at [[
  loads[-1].workload_pct | pct ]] ([[ loads[-1].grade | staff ]], [[ loads[-1].body ]]).[% endif %]
caveat: >-
  Workload above 100% is more than capacity by the service's own tool, which weighs cases; caseload only counts them,
  so a services officer can hold more cases at less workload. Unification was in June 2021. When inspected can mean
  when the inspection was announced, as in Warwickshire in April 2022. In two reports average caseload times officers
  gives about twice the printed caseload, and nothing says why (question 801).
chart:
  kind: bars
  title: Average workload by the service's tool, per cent of capacity
  value: workload_pct
  label: [body, grade]
columns:
  caseload_at_unification: Cases per officer at unification
  caseload_when_inspected: Cases per officer when inspected
  workload_pct: Workload (% of capacity)
*/
with earlier as (
    select
        inspection_id,
        grade_id,
        max(value) as caseload_at_unification,
        min(citation_id) as citation_id
    from fct_reported_figure
    where measure_id = 'average_caseload' and comparator_kind = 'earlier_date'
    group by inspection_id, grade_id
)

select
    inspections.organisation_name as body,
    staffing.grade_name as grade,
    max(earlier.caseload_at_unification) as caseload_at_unification,
    max(case when staffing.measure_id = 'average_caseload' then staffing.value end) as caseload_when_inspected,
    max(case when staffing.measure_id = 'workload_measurement_average' then staffing.value end) as workload_pct,
    staffing.inspection_id,
    max(earlier.citation_id) as caseload_at_unification_citation_id,
    max(
        case when staffing.measure_id = 'average_caseload' then staffing.citation_id end
    ) as caseload_when_inspected_citation_id,
    max(
        case when staffing.measure_id = 'workload_measurement_average' then staffing.citation_id end
    ) as workload_pct_citation_id
from fct_staffing as staffing
inner join dim_inspection as inspections on staffing.inspection_id = inspections.inspection_id
left join earlier on staffing.inspection_id = earlier.inspection_id and staffing.grade_id = earlier.grade_id
where staffing.measure_id in ('average_caseload', 'workload_measurement_average')
group by inspections.inspection_year, staffing.inspection_id, inspections.organisation_name, staffing.grade_name
order by workload_pct desc nulls last, body asc, grade asc
