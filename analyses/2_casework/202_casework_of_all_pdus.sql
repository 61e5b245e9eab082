/*
question: >-
  How good is casework at each stage in all inspected PDUs together?
asked_by: Policy makers, researchers
answer: >-
  TO BE WRITTEN
caveat: >-
  Every case counts once, so large inspections weigh more. These are the PDUs whose reports are held here, no sample
  of all PDUs: the interval is about the cases of these PDUs, not about the country.
*/
select
    questions.standard_name as stage,
    questions.topic_name as topic,
    count(*) as inspections_n,
    sum(questions.yes_n) as yes_n,
    sum(questions.cases_n) as cases_n,
    round(100.0 * sum(questions.yes_n) / sum(questions.cases_n), 1) as yes_pct,
    round(wilson_low(sum(questions.yes_n), sum(questions.cases_n), 95), 0) as low_95,
    round(wilson_high(sum(questions.yes_n), sum(questions.cases_n), 95), 0) as high_95
from rpt_key_question as questions
where questions.framework_id = 'pdu_2021' and questions.yes_n is not null
group by questions.question_id, questions.standard_name, questions.topic_name
order by questions.question_id
