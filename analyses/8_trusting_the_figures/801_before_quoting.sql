/*
question: What should one know before quoting these reports?
asked_by: Journalists, researchers, press officers
answer: >-
  [[ rows | length | count("contradiction") | capitalize ]] of high severity [[ "is" if rows | length == 1 else "are"
  ]] open: [[ rows | tallied("body") ]]. One of them, in [[ first.body ]]: “[[ first.subject ]]” ([[
  cite(first.value_a, first.value_a_citation_id) ]][% if first.value_b %] against [[ cite(first.value_b,
  first.value_b_citation_id) ]][% endif %]).
caveat: >-
  Those most misleading that nothing in the reports explains; the page Before you quote has all of them with both
  places. A contradiction says that figures do not fit together as printed, not which one is wrong.
columns:
  value_a: One figure
  value_b: The other
*/
select
    inspections.organisation_name as body,
    discrepancies.subject,
    discrepancies.value_a,
    discrepancies.value_b,
    discrepancies.inspection_id,
    discrepancies.citation_id_a as value_a_citation_id,
    discrepancies.citation_id_b as value_b_citation_id
from fct_discrepancy as discrepancies
inner join dim_inspection as inspections on discrepancies.inspection_id = inspections.inspection_id
where discrepancies.severity = 'high' and discrepancies.status = 'open'
order by
    inspections.inspection_year desc,
    discrepancies.inspection_id asc,
    discrepancies.rule_id asc,
    discrepancies.discrepancy_id asc
