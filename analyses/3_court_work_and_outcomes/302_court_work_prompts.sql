/*
question: >-
  What is missing in court reports?
asked_by: Court teams, trainers
answer: >-
  TO BE WRITTEN
caveat: >-
  Printed only in the longer PDU reports. The least often met thing comes first; counts are of inspected reports,
  those included to which the prompt did not apply.
*/
select
    questions.question_text as prompt,
    inspections.organisation_name as body,
    prompts.yes_n,
    prompts.cases_n as court_reports_n,
    prompts.yes_pct,
    round(prompts.yes_pct_low_95, 0) as low_95,
    round(prompts.yes_pct_high_95, 0) as high_95
from fct_prompt as prompts
inner join dim_question as questions on prompts.question_id = questions.question_id
inner join dim_inspection as inspections on prompts.inspection_id = inspections.inspection_id
inner join dim_standard as standards on prompts.standard_id = standards.standard_id
where standards.standard_name = 'Court work'
order by min(prompts.yes_pct) over (partition by prompts.question_id), questions.question_order, prompts.inspection_id
