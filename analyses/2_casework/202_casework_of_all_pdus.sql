/*
question: How good is casework at each stage in all inspected PDUs together?
asked_by: Policy makers, researchers
answer: >-
  [% set lowest = rows | min(attribute="yes_pct") %][% set highest = rows | max(attribute="yes_pct") %] In the [[
  first.inspections_n | count("PDU") ]] together, casework is weakest at [[ lowest | question_name ]]: [[
  lowest.yes_pct | pct ]] [[ lowest | of_cases ]]; and strongest at [[ highest | question_name ]]: [[ highest.yes_pct
  | pct ]] [[ highest | of_cases ]].
caveat: >-
  One framework, one wording, and the same PDUs in every row; every case counts once, so large inspections weigh more.
  These are the PDUs whose reports are held here, no sample of all PDUs: the interval is about the cases of these
  PDUs, not about the country.
chart:
  kind: intervals
  title: Casework of all inspected PDUs together, share of cases judged sufficient
  panel: stage
  label: topic
  bands: true
*/
with complete as (
    select
        question_id,
        count(*) as inspections_n
    from rpt_key_question
    where framework_id = 'pdu_2021' and yes_n is not null
    group by question_id
    having
        count(*) = (
            select count(*)
            from dim_inspection as inspections
            where inspections.framework_id = 'pdu_2021'
        )
)

select
    questions.standard_name as stage,
    questions.topic_name as topic,
    max(complete.inspections_n) as inspections_n,
    sum(questions.yes_n) as yes_n,
    sum(questions.cases_n) as cases_n,
    min(questions.base_basis) as base_basis,
    round(100.0 * sum(questions.yes_n) / sum(questions.cases_n), 1) as yes_pct,
    round(wilson_low(sum(questions.yes_n), sum(questions.cases_n), 95), 0) as low_95,
    round(wilson_high(sum(questions.yes_n), sum(questions.cases_n), 95), 0) as high_95
from rpt_key_question as questions
inner join complete on questions.question_id = complete.question_id
where questions.framework_id = 'pdu_2021'
group by questions.question_id, questions.standard_name, questions.topic_name
order by questions.question_id
