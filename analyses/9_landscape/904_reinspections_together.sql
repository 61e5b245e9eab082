/*
question: Do PDUs improve between two inspections, taken together?
asked_by: Policy teams, researchers
answer: >-
  [% set n = rows | map(attribute="pdus_n") | sum %] Of [[ n | count("PDU") ]] rated twice, [[ rows |
  map(attribute="better_n") | sum | count ]] rose, [[ rows | map(attribute="same_n") | sum | count ]] kept their
  rating and [[ rows | map(attribute="worse_n") | sum | count ]] fell. [% for row in rows if row.earlier_rating ==
  "Inadequate" %]Of those first Inadequate, [[ row.better_n | part_of(row.pdus_n) ]] rose.[% endfor %]
caveat: >-
  From published pages. An Inadequate PDU can only rise or stay, and a Good one mostly falls: some of every change is
  chance (what stands out once is closer to the others next time). The standards changed between the two inspections
  of every PDU here.
chart:
  kind: counts
  title: PDUs rated twice, by their first rating and what came after
  label: earlier_rating
  series: {worse_n: Fell, same_n: Same, better_n: Rose}
columns:
  earlier_rating: First rating
  now_inadequate_n: Now Inadequate
  now_requires_improvement_n: Now Requires improvement
  better_n: Rose
  worse_n: Fell
*/
select
    earlier_rating,
    count(*) as pdus_n,
    sum(case when rating = 'Inadequate' then 1 else 0 end) as now_inadequate_n,
    sum(case when rating = 'Requires improvement' then 1 else 0 end) as now_requires_improvement_n,
    sum(case when direction = 'better' then 1 else 0 end) as better_n,
    sum(case when direction = 'same' then 1 else 0 end) as same_n,
    sum(case when direction = 'worse' then 1 else 0 end) as worse_n
from rpt_reinspection
where body_type = 'pdu'
group by earlier_rating
order by min(case earlier_rating when 'Inadequate' then 0 when 'Requires improvement' then 1 else 2 end)
