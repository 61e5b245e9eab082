/*
question: Do vacancies, sickness, caseload or workload go with lower scores?
asked_by: Ministers, unions, journalists
answer: >-
  [% set measured = namespace(most=0) %][% for name in rows[0] if name.endswith(("_pct", "_days", "_caseload")) and
  name != "score_pct" %][% set measured.most = [measured.most, rows | rejectattr(name, "none") | list | length] |
  max %][% endfor %] These reports cannot show it. Only [[ rows | length | count("inspection") ]] with a score [[
  "is" if rows | length == 1 else "are" ]] held, no measure is printed for more than [[ measured.most | count ]] of
  them, and [% if measured.most < 5 %]so few points would fall into any given order by chance too often to prove a
  link, whatever the figures.[% else %]the bodies differ in much else.[% endif %]
caveat: >-
  These are all the points there are. With three inspections the rarest order has a chance of one in six, so no test
  of them can be significant. Scores of different frameworks are no further points of one line.
chart:
  kind: bars
  title: Vacancy rate of probation officers, per cent of posts, lowest score first
  value: officer_vacancies_pct
  highest: 100
columns:
  score_pct: Score, % of the maximum
  officer_vacancies_pct: Vacancies, probation officers (%)
  services_officer_vacancies_pct: Vacancies, services officers (%)
  sickness_days: Days lost to sickness
  officer_caseload: Cases per probation officer
  services_officer_caseload: Cases per services officer
  officer_workload_pct: Workload of probation officers (% of capacity)
  attrition_pct: Staff leaving in a year (%)
*/
select
    organisation_name as body,
    inspection_year as year,
    round(100.0 * score / score_max, 0) as score_pct,
    vacancy_rate_po_pct as officer_vacancies_pct,
    vacancy_rate_pso_pct as services_officer_vacancies_pct,
    sickness_absence_days_per_person as sickness_days,
    average_caseload_po as officer_caseload,
    average_caseload_pso as services_officer_caseload,
    workload_po_pct_of_capacity as officer_workload_pct,
    attrition_rate_pct as attrition_pct,
    inspection_id
from rpt_scorecard
where score is not null
order by score_pct asc, inspection_year desc, inspection_id asc
