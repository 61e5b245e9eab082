/*
question: >-
  Which deciding key questions might another sample of cases have put into another band?
asked_by: Heads of PDUs, statisticians
answer: >-
  TO BE WRITTEN
caveat: >-
  The probability is for one key question, from this sample alone (beta-binomial, uniform prior); a standard takes the
  lowest of several and is not covered by it. Cases of one officer are alike, so chance does more than is shown. 80%
  is the confidence the Inspectorate itself designs its samples for.
*/
select
    organisation_name as body,
    standard_name as standard,
    yes_pct,
    cases_n,
    round(yes_pct_low_80, 0) as low_80,
    round(yes_pct_high_80, 0) as high_80,
    band,
    band_change_probability_pct as other_band_pct
from rpt_key_question
where is_driver and band_change_probability_pct is not null
order by band_change_probability_pct desc, inspection_id asc, question_id asc
limit 15
