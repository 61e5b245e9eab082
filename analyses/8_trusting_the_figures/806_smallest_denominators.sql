/*
question: What are the smallest numbers of cases that ratings rest on?
asked_by: Statisticians, heads of PDUs
answer: >-
  [[ first.cases_n | count(first | noun) | capitalize ]], for [[ first.standard | lower ]] in [[ first.body ]],
  rated [[ first.rating ]]: [[ "if all were judged, " if first.base_basis == "assumed" ]]its 95% interval is [[
  first.width_95 | round | int ]] points wide. [[ rows | selectattr("width_95", "gt", 15) | list | length |
  part_of(rows | length) | capitalize ]] shown are wider than 15 points, the width of a band.
caveat: >-
  Bands are 15 points wide between Inadequate and Outstanding, so an interval wider than that cannot tell them
  apart. The cases are those inspected, if all were judged.
chart:
  kind: bars
  title: Cases behind the deciding key question, fewest first
  value: cases_n
  label: [body, standard]
  unit: " cases"
columns:
  yes_n: Sufficient
  yes_pct: {head: Judged sufficient (%), cite: citation_id}
  width_95: Width of the 95% interval (points)
  tied_questions_n: Key questions that tie
*/
select
    organisation_name as body,
    standard_name as standard,
    standard_rating as rating,
    cases_n,
    base_basis,
    yes_n,
    yes_pct,
    round(yes_pct_high_95 - yes_pct_low_95, 0) as width_95,
    count(*) over (partition by inspection_id, standard_name) as tied_questions_n,
    inspection_id,
    citation_id
from rpt_key_question
where is_driver and cases_n is not null
qualify row_number() over (partition by inspection_id, standard_name order by question_id) = 1
order by cases_n, body, standard
limit 15
