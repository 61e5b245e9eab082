/*
question: How good were unpaid work and Through the Gate?
asked_by: Sentencers, prisons
answer: >-
  [% for body, inspected in rows | groupby("body") %][% for standard, group in inspected | groupby("standard") %][%
  set lowest = group | min(attribute="yes_pct") %][% set tied = group | selectattr("yes_pct", "equalto",
  lowest.yes_pct) | list | length %] [[ standard ]] was rated [[ group[0].rating ]] in [[ body ]]; its lowest key
  question [[ "is" if tied == 1 else "(" ~ (tied | count) ~ " tie) is" ]] [[ cite(lowest.yes_pct | pct,
  lowest.citation_id) ]] [[ lowest | of_cases ]][% if lowest.eligible_cases_n %]; of the [[ lowest.eligible_cases_n ]]
  cases at most that were eligible by the stated margin of error, [[ lowest.eligible_low_95 | round | int ]] to [[
  lowest.eligible_high_95 | round | int ]]%[% endif %]. [% endfor %][% endfor %]
caveat: >-
  Only reports on CRCs have these standards. The samples are small, but by the margin of error that the report states
  nearly all eligible cases were inspected: then the interval corrected for that is the better one. One rating was
  moved by discretion (question 105).
chart:
  kind: intervals
  title: Unpaid work and Through the Gate, share of cases judged sufficient
  panel: standard
  label: question
  bands: true
columns:
  question: Key question
  eligible_cases_n: Eligible cases at most
  eligible_low_95: 95% interval among the eligible
  yes_pct: {head: Judged sufficient (%), cite: citation_id}
*/
select
    organisation_name as body,
    standard_name as standard,
    standard_rating as rating,
    question_text as question,
    yes_pct,
    cases_n,
    base_basis,
    round(yes_pct_low_95, 0) as low_95,
    round(yes_pct_high_95, 0) as high_95,
    eligible_cases_n,
    round(yes_pct_low_95_finite, 0) as eligible_low_95,
    round(yes_pct_high_95_finite, 0) as eligible_high_95,
    inspection_id,
    citation_id
from rpt_key_question
where standard_name in ('Unpaid work', 'Through the Gate')
order by standard_name desc, inspection_id asc, question_id asc
