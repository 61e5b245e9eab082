/*
question: What is missing in court reports?
asked_by: Court teams, trainers
answer: >-
  [% set lowest = rows | min(attribute="yes_pct") %] Least often met is “[[ lowest.prompt ]]”: [[ cite(lowest.yes_pct
  | pct, lowest.citation_id) ]] of [[ lowest.court_reports_n if lowest.court_reports_n is not none else "the" ]]
  reports in [[ lowest.body ]][[ ", if all were judged" if lowest.base_basis == "assumed" ]].
caveat: >-
  Printed only in the longer PDU reports. The least often met thing comes first; counts are of inspected reports,
  those included to which the prompt did not apply.
chart:
  kind: intervals
  title: Prompts on court reports, share of inspected reports that met them
  panel: body
  label: prompt
columns:
  yes_n: Met
  yes_pct: {head: Met (%), cite: citation_id}
*/
select
    questions.question_text as prompt,
    inspections.organisation_name as body,
    prompts.yes_n,
    prompts.cases_n as court_reports_n,
    prompts.base_basis,
    prompts.yes_pct,
    round(prompts.yes_pct_low_95, 0) as low_95,
    round(prompts.yes_pct_high_95, 0) as high_95,
    prompts.inspection_id,
    prompts.citation_id
from fct_prompt as prompts
inner join dim_question as questions on prompts.question_id = questions.question_id
inner join dim_inspection as inspections on prompts.inspection_id = inspections.inspection_id
inner join dim_standard as standards on prompts.standard_id = standards.standard_id
where standards.standard_name = 'Court work'
order by prompts.inspection_id, prompts.yes_pct, questions.question_order
