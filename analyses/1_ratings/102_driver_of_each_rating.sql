/*
question: >-
  Which key question drives each rating of casework, and on how many cases?
asked_by: Heads of PDUs, quality development officers
answer: >-
  TO BE WRITTEN
caveat: >-
  A standard takes the band of its lowest key question, so one question decides and the others do not count. The
  lowest of several is low partly by chance. Where two tie, both are shown. A rating that is not the band was moved by
  professional discretion (question 105).
*/
select
    organisation_name as body,
    standard_name as standard,
    standard_rating as rating,
    question_text as lowest_key_question,
    yes_pct,
    cases_n,
    round(yes_pct_low_95, 0) as low_95,
    round(yes_pct_high_95, 0) as high_95
from rpt_key_question
where is_driver
order by inspection_year desc, inspection_id asc, question_id asc
