/*
question: Which key question decides each rating of casework, and on how many cases?
asked_by: Heads of PDUs, quality development officers
answer: >-
  [% set topic, decided = (rows | tally("topic"))[0] %][% set based = rows | rejectattr("cases_n", "none") |
  map(attribute="cases_n") | list %] The question about [[ topic | lower ]] decides most often: it is the lowest, or
  ties for it, in [[ decided ]] of [[ rows | map(attribute="of_standard") | unique | list | length ]] standards.[% if
  based %] The deciding questions rest on [[ based | min ]] to [[ based | max ]] cases or court reports, if all were
  judged where no base is printed[% if based | length < rows | length %]; for [[ ((rows | length) -
  (based | length)) | count ]] the base is not known[% endif %].[% endif %]
caveat: >-
  A standard takes the band of its lowest key question, so one question decides and the others do not count. The
  lowest of several is low partly by chance. Where two tie, both are shown. A rating that is not the band was moved by
  professional discretion (question 105).
chart:
  kind: intervals
  title: The key question that decides each rating, with its 95% interval
  panel: body
  label: [standard, topic]
  bands: true
columns:
  of_standard: hidden
  topic: Lowest key question
  yes_pct: {head: Judged sufficient (%), cite: citation_id}
*/
select
    organisation_name as body,
    standard_name as standard,
    standard_rating as rating,
    topic_name as topic,
    yes_pct,
    cases_n,
    base_basis,
    concat(inspection_id, ' ', standard_name) as of_standard,
    round(yes_pct_low_95, 0) as low_95,
    round(yes_pct_high_95, 0) as high_95,
    inspection_id,
    citation_id
from rpt_key_question
where is_driver
order by inspection_year desc, inspection_id asc, question_id asc
