/*
question: >-
  Which bodies were inspected again, and did they improve?
asked_by: Heads of PDUs, journalists
answer: >-
  TO BE WRITTEN
caveat: >-
  From published pages. Where same_standards is no, the second rating was given against other standards, and a change
  of one rating is what a few cases can make (question 104). Who is inspected again is not drawn by chance either.
*/
select
    body_name as body,
    region_name as region,
    earlier_date as earlier,
    earlier_rating,
    published_year as later,
    rating as later_rating,
    direction,
    is_same_programme as same_standards
from rpt_reinspection
order by case direction when 'better' then 0 when 'same' then 1 else 2 end, body, later
