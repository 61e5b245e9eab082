/*
question: >-
  How many posts are vacant?
asked_by: Heads of PDUs, unions
answer: >-
  TO BE WRITTEN
caveat: >-
  Rates by grade are shares of required posts; the rate of all staff is printed as a share of headcount and does not
  go with the grades. findings_n counts what fct_discrepancy has against a figure. Supplied by the provider.
*/
select
    inspections.organisation_name as body,
    staffing.grade_name as grade,
    staffing.value as vacancy_rate_pct,
    staffing.value_status,
    staffing.as_printed,
    staffing.supplied_by,
    figures.discrepancies_n as findings_n
from fct_staffing as staffing
inner join dim_inspection as inspections on staffing.inspection_id = inspections.inspection_id
inner join rpt_figure as figures on staffing.citation_id = figures.citation_id and figures.mart = 'fct_staffing'
where staffing.measure_id = 'vacancy_rate'
order by
    inspections.inspection_year desc, staffing.inspection_id asc, staffing.value desc nulls last, staffing.grade_id asc
