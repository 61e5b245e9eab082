/*
question: >-
  What should one know before quoting these reports?
asked_by: Journalists, researchers, press officers
answer: >-
  TO BE WRITTEN
caveat: >-
  The most misleading contradictions that nothing in the reports explains; docs/data-quality.md has all findings with
  both places. A finding says that two figures cannot both be right, not which one is wrong.
*/
select
    inspections.organisation_name as body,
    discrepancies.subject,
    discrepancies.value_a,
    discrepancies.value_b
from fct_discrepancy as discrepancies
inner join dim_inspection as inspections on discrepancies.inspection_id = inspections.inspection_id
where discrepancies.severity = 'high' and discrepancies.status = 'open'
order by
    inspections.inspection_year desc,
    discrepancies.inspection_id asc,
    discrepancies.rule_id asc,
    discrepancies.discrepancy_id asc
