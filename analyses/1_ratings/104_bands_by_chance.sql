/*
question: Which deciding key questions might another sample of cases have put into another band?
asked_by: Heads of PDUs, statisticians
answer: >-
  Most of all [[ first.standard | lower ]] in [[ first.body ]]: with [[ cite(first.yes_pct | pct, first.citation_id)
  ]] of [[ first.cases_n | count(first | noun) ]][[ ", if all were judged" if first.base_basis == "assumed" ]],
  another sample of as many would fall into another band than [[ first.band ]] with a probability of about [[
  first.other_band_pct | pct ]]. For [[ rows | selectattr("other_band_pct", "gt", 50) | list | length |
  part_of(rows | length) ]] key questions shown it is above a half.
caveat: >-
  The probability is for one key question, from this sample alone (beta-binomial, uniform prior); a standard takes the
  lowest of several and is not covered by it. 80% is the confidence that the Inspectorate designs its samples for.
chart:
  kind: intervals
  title: Deciding key questions with their 80% interval, most open first
  label: [body, standard]
  bands: true
columns:
  yes_pct: {head: Judged sufficient (%), cite: citation_id}
  other_band_pct: Probability of another band (%)
*/
select
    organisation_name as body,
    standard_name as standard,
    yes_pct,
    cases_n,
    base_basis,
    round(yes_pct_low_80, 0) as low_80,
    round(yes_pct_high_80, 0) as high_80,
    band,
    band_change_probability_pct as other_band_pct,
    inspection_id,
    citation_id
from rpt_key_question
where is_driver and band_change_probability_pct is not null
order by band_change_probability_pct desc, inspection_id asc, question_id asc
limit 15
