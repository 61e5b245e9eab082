/*
question: >-
  How good is the advice to courts?
asked_by: Sentencers, court teams
answer: >-
  TO BE WRITTEN
caveat: >-
  Few reports are inspected; with seven the interval covers every rating. The text of one report speaks of cases where
  it counts court reports. The CRC inspection has no court work: its standard 2.1 is assessment.
*/
select
    organisation_name as body,
    yes_n,
    cases_n as court_reports_n,
    yes_pct,
    round(yes_pct_low_95, 0) as low_95,
    round(yes_pct_high_95, 0) as high_95,
    standard_rating as rating,
    band_change_probability_pct as other_band_pct
from rpt_key_question
where standard_name = 'Court work'
order by yes_pct desc, inspection_id asc
