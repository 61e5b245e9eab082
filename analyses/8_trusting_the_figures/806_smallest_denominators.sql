/*
question: >-
  What are the smallest numbers of cases that ratings rest on?
asked_by: Statisticians, heads of PDUs
answer: >-
  TO BE WRITTEN
caveat: >-
  width_95 is the width of the 95% interval in percentage points; bands are 15 points wide between Inadequate and
  Outstanding, so an interval wider than that cannot tell them apart.
*/
select
    organisation_name as body,
    standard_name as standard,
    standard_rating as rating,
    cases_n,
    yes_n,
    yes_pct,
    round(yes_pct_high_95 - yes_pct_low_95, 0) as width_95,
    count(*) over (partition by inspection_id, standard_name) as tied_questions_n
from rpt_key_question
where is_driver and cases_n is not null
qualify row_number() over (partition by inspection_id, standard_name order by question_id) = 1
order by cases_n, body, standard
limit 15
