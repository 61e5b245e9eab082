/*
question: >-
  Do PDUs improve between two inspections, taken together?
asked_by: Policy teams, researchers
answer: >-
  TO BE WRITTEN
caveat: >-
  From published pages. An Inadequate PDU can only rise or stay, and a Good one mostly falls: some of every change is
  chance (what stands out once is closer to the others next time). The standards changed between the two inspections
  of every PDU here.
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
