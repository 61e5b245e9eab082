/*
question: Which bodies were inspected again, and did they improve?
asked_by: Heads of PDUs, journalists
answer: >-
  [% set better = rows | selectattr("direction", "equalto", "better") | list %] [% set worse = rows |
  selectattr("direction", "equalto", "worse") | list %] Of [[ rows | length | count("repeated rating")
  ]] in published pages, [[ better | length | count ]] rose[% if better %] ([[ better | map(attribute="body") | listed
  ]])[% endif %], [[ worse | length | count ]] fell[% if worse %] ([[ worse | map(attribute="body") | listed ]])[%
  endif %], and the others stayed the same.
caveat: >-
  From published pages. Where the standards are not the same, the second rating was given against other standards, and
  a change of one rating is what a few cases can make (question 104). Who is inspected again is not drawn by chance
  either.
columns:
  earlier: Rated first
  earlier_rating: {head: First rating, cite: earlier_citation_id}
  later: Rated again
  later_rating: {head: Second rating, cite: citation_id}
*/
select
    body_name as body,
    region_name as region,
    cast(substr(cast(earlier_date as varchar), 1, 4) as integer) as earlier,
    earlier_rating,
    published_year as later,
    rating as later_rating,
    direction,
    is_same_programme as same_standards,
    case when body_type = 'pdu' then body_id end as pdu_id,
    citation_id,
    earlier_citation_id
from rpt_reinspection
order by case direction when 'better' then 0 when 'same' then 1 else 2 end, body, later
