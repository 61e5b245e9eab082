/*
question: >-
  Do vacancies, sickness, caseload or workload go with lower scores?
asked_by: Ministers, unions, journalists
answer: >-
  TO BE WRITTEN
caveat: >-
  These are all the points there are, and they cannot show it: two or three inspections per measure, two of them with
  the same score. Scores under other frameworks are no further points. Question 402 says what the points could prove
  at best.
*/
select
    organisation_name as body,
    inspection_year as year,
    round(100.0 * score / score_max, 0) as score_pct,
    vacancy_rate_po_pct,
    vacancy_rate_pso_pct,
    sickness_absence_days_per_person as sickness_days,
    average_caseload_po as caseload_po,
    average_caseload_pso as caseload_pso,
    workload_po_pct_of_capacity as workload_po_pct,
    attrition_rate_pct
from rpt_scorecard
order by score_pct desc nulls last, inspection_year desc, inspection_id asc
