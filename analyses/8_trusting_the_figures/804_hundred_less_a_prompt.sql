/*
question: May one take 100 less a prompt's percentage for the share judged insufficient?
asked_by: Journalists, analysts
answer: >-
  No. [[ rows | length | count("time") | capitalize ]] a percentage of failures in the text differs from 100 less the
  printed percentage of the question or prompt, by up to [[ rows | map(attribute="points") | map("abs") | max | round
  | int ]] points: for [[ first.failures_counted_in_the_text | lower_first ]] the text prints [[
  cite(first.text_prints, first.text_prints_citation_id) ]], the table gives [[ cite(first.table_gives,
  first.table_gives_citation_id) ]] ([[ first.body ]]).
caveat: >-
  Where the status is explained, the arithmetic shows how both can be right: cases to which the prompt does not apply
  are in the base.
columns:
  text_prints: The text prints
  table_gives: The table gives
  points: Difference (points)
*/
select
    inspections.organisation_name as body,
    discrepancies.subject as failures_counted_in_the_text,
    discrepancies.value_a as text_prints,
    discrepancies.value_b as table_gives,
    discrepancies.difference as points,
    discrepancies.status,
    discrepancies.inspection_id,
    min(discrepancies.citation_id_a) as text_prints_citation_id,
    min(discrepancies.citation_id_b) as table_gives_citation_id
from fct_discrepancy as discrepancies
inner join dim_inspection as inspections on discrepancies.inspection_id = inspections.inspection_id
where discrepancies.rule_id = 'text_complement_agrees_with_question_table'
group by
    body, failures_counted_in_the_text, text_prints, table_gives, points, discrepancies.status,
    discrepancies.inspection_id
order by abs(discrepancies.difference) desc, body asc, failures_counted_in_the_text asc
