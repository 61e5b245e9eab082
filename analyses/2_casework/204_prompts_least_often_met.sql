/*
question: Which single things are done least often in casework?
asked_by: Trainers, quality development officers
answer: >-
  Work before release apart, least often met is “[[ first.prompt ]]”: [[ first.yes_pct | pct ]] [[ first | of_cases ]]
  in the [[ first.inspections_n | count("PDU") ]] whose reports print it.[% if first.may_not_apply %] It need not
  apply to every case.[% endif %][% if rows | length > 1 %] Next comes “[[ rows[1].prompt ]]”, with [[ rows[1].yes_pct
  | pct ]].[% endif %]
caveat: >-
  Outcomes are left out: they are results, not things done. So are prompts on work before release (question 208), most
  of them lower still but of an uncertain base, and those whose base is not known in both reports. Prompts are printed
  only in the longer PDU reports. Cases to which a prompt does not apply are mostly in its base, so a low figure can
  mean that a thing was seldom needed; the prompts marked so are flagged. Chance has its part in the order of the
  list.
chart:
  kind: intervals
  title: The prompts least often met, in all PDUs that print them together
  label: prompt
*/
select
    questions.question_text as prompt,
    questions.not_in_every_case as may_not_apply,
    count(*) as inspections_n,
    sum(prompts.yes_n) as yes_n,
    sum(prompts.cases_n) as cases_n,
    min(prompts.base_basis) as base_basis,
    round(100.0 * sum(prompts.yes_n) / sum(prompts.cases_n), 1) as yes_pct,
    round(wilson_low(sum(prompts.yes_n), sum(prompts.cases_n), 95), 0) as low_95,
    round(wilson_high(sum(prompts.yes_n), sum(prompts.cases_n), 95), 0) as high_95
from fct_prompt as prompts
inner join dim_question as questions on prompts.question_id = questions.question_id
inner join dim_standard as standards on prompts.standard_id = standards.standard_id
where
    prompts.denominator_basis = 'all_cases'
    and prompts.yes_n is not null
    and not questions.post_custody_only
    and standards.standard_name <> 'Outcomes'
group by questions.question_id, questions.question_text, questions.not_in_every_case
having count(*) > 1
order by sum(prompts.yes_n) * 1.0 / sum(prompts.cases_n), questions.question_id
limit 12
