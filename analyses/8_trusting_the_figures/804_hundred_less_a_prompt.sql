/*
question: >-
  May one take 100 less a prompt's percentage for the share judged insufficient?
asked_by: Journalists, analysts
answer: >-
  TO BE WRITTEN
caveat: >-
  No, as the reports show themselves: where the text counts the failures, they fall short of 100 less the printed
  percentage (points is by how much). Where the status is explained, the arithmetic shows why: cases to which the
  prompt does not apply are in the base.
*/
select distinct
    inspections.organisation_name as body,
    discrepancies.subject as failures_counted_in_the_text,
    discrepancies.value_a as text_prints,
    discrepancies.value_b as annexe_gives,
    discrepancies.difference as points,
    discrepancies.status
from fct_discrepancy as discrepancies
inner join dim_inspection as inspections on discrepancies.inspection_id = inspections.inspection_id
where discrepancies.rule_id = 'text_complement_agrees_with_question_table'
order by discrepancies.difference, body, failures_counted_in_the_text
