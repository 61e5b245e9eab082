/*
question: How good is the advice to courts?
asked_by: Sentencers, court teams
answer: >-
  [% set lowest = rows | min(attribute="yes_pct") %] [% if rows | length > 1 %]From [% endif %][[
  cite(lowest.yes_pct | pct, lowest.citation_id) ]] of [[ lowest.court_reports_n ]] inspected reports sufficient in
  [[ lowest.body ]] (95% interval [[ lowest | between ]]%[[ ", if all were judged" if lowest.base_basis == "assumed"
  ]])[% if rows | length > 1 %] to [[ cite(first.yes_pct | pct, first.citation_id) ]] of [[ first.court_reports_n ]]
  in [[ first.body ]] ([[ first | between ]]%[[ ", if all were judged" if first.base_basis == "assumed" ]])[% endif
  %].
caveat: >-
  Few reports are inspected; with seven the interval covers nearly every rating. The text of two reports speaks of
  cases where it counts court reports. The CRC inspection has no court work: its standard 2.1 is assessment.
chart:
  kind: intervals
  title: Share of inspected court reports judged sufficient
  bands: true
columns:
  yes_pct: {head: Judged sufficient (%), cite: citation_id}
  yes_n: Sufficient
  other_band_pct: Probability of another band (%)
*/
select
    organisation_name as body,
    yes_n,
    cases_n as court_reports_n,
    base_basis,
    yes_pct,
    round(yes_pct_low_95, 0) as low_95,
    round(yes_pct_high_95, 0) as high_95,
    standard_rating as rating,
    band_change_probability_pct as other_band_pct,
    inspection_id,
    citation_id
from rpt_key_question
where standard_name = 'Court work' and yes_pct_low_95 is not null
order by yes_pct desc, inspection_id asc
