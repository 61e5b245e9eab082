/*
question: >-
  Does what staff say of their workload go with what is measured?
asked_by: Unions, heads of PDUs
answer: >-
  TO BE WRITTEN
caveat: >-
  Surveys and interviews are answered by few and by those who choose to; the measured figures are averages over a
  grade. manageable and unmanageable need not add up to 100: there are other answers.
*/
select distinct
    inspections.organisation_name as body,
    'said' as kind,
    figures.description as what,
    coalesce(figures.value_pct, round(100 * figures.numerator_n / figures.denominator_n, 0)) as figure,
    'per cent' as unit,
    figures.hedge,
    case when figures.count_n_low = figures.count_n_high then figures.count_n_low end as k,
    figures.base_n as n,
    round(figures.share_pct_low_95, 0) as low_95,
    round(figures.share_pct_high_95, 0) as high_95
from fct_reported_figure as figures
inner join dim_inspection as inspections on figures.inspection_id = inspections.inspection_id
where
    figures.population_id in ('staff_survey', 'practitioner_interviews')
    and figures.comparator_kind is null
    and figures.description like '%manageable%'
union all
select
    inspections.organisation_name as body,
    'measured' as kind,
    concat(measures.measure_name, ': ', staffing.grade_name) as what,
    staffing.value as figure,
    replace(staffing.unit, '_', ' ') as unit,
    null as hedge,
    null as k,
    null as n,
    null as low_95,
    null as high_95
from fct_staffing as staffing
inner join dim_inspection as inspections on staffing.inspection_id = inspections.inspection_id
inner join dim_measure as measures on staffing.measure_id = measures.measure_id
where staffing.measure_id in ('average_caseload', 'workload_measurement_average')
order by body, kind, what, figure
