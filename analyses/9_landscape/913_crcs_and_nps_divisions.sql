/*
question: How were the CRCs and the divisions of the NPS rated from 2018 to 2021?
asked_by: Researchers, journalists
answer: >-
  [% for kind, group in rows | groupby("kind") %][[ kind ]]: [[ group | length | count("inspection") ]] held, [% for
  rating, n in group | tally("rating") %][[ n ]] [[ rating ]][[ ", " if not loop.last else ". " ]][% endfor %][%
  endfor %]
caveat: >-
  From public pages, not read from reports, but for the one CRC whose report is held. A CRC supervised people of low
  and medium risk, the NPS those of high risk, under different standards: their ratings do not compare.
columns:
  rating: {head: Overall rating, cite: citation_id}
  kind: Kind of body
*/
select
    case body_type when 'crc' then 'Community Rehabilitation Companies' else 'NPS divisions' end as kind,
    body_name as body,
    published_date as published,
    coalesce(rating, 'not rated') as rating,
    inspection_id,
    citation_id,
    published_precision
from fct_published_rating
where body_type in ('crc', 'nps_division')
order by kind, body_name, published_date
