/*
question: How do the ratings of the inspections look side by side?
asked_by: Everybody
answer: >-
  [% for overall, group in rows | groupby("overall") %]Rated [[ overall ]]: [[ group | map(attribute="body") | listed
  ]]. [% endfor %] [% for leadership, group in rows | rejectattr("leadership", "none") | groupby("leadership") %][[
  "Leadership was rated " if loop.first ]][[ leadership ]] in [[ group | length | count ]][[ ", " if not loop.last else
  "." ]] [% endfor %]
caveat: >-
  A CRC and a PDU are held to different standards under the same names; a CRC supervised no high-risk cases and
  advised no courts. Unpaid work and Through the Gate, which only the CRC has, are in question 307.
columns:
  overall: {head: Overall, cite: citation_id}
  information: Information and facilities
*/
select
    organisation_name as body,
    overall_rating as overall,
    leadership_rating as leadership,
    staff_rating as staff,
    services_rating as services,
    information_and_facilities_rating as information,
    court_work_rating as court_work,
    assessment_rating as assessment,
    planning_rating as planning,
    delivery_rating as delivery,
    reviewing_rating as reviewing,
    inspection_id,
    citation_id
from rpt_scorecard
where overall_rating is not null
order by inspection_year desc, score desc, inspection_id asc
