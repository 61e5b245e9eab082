/*
question: >-
  Is casework under the unified service better or worse than under the CRC?
asked_by: Policy makers, journalists
answer: >-
  TO BE WRITTEN
caveat: >-
  One CRC against each PDU: other places, other people, and the CRC held no high-risk cases, so this is no test of the
  reform. surely counts differences whose 95% interval leaves out zero; broad questions are left out.
*/
select
    later.organisation_name as pdu,
    count(*) as questions_n,
    sum(case when comparisons.difference_points > 0 then 1 else 0 end) as better_n,
    sum(case when comparisons.difference_low_95 > 0 then 1 else 0 end) as surely_better_n,
    sum(case when comparisons.difference_points < 0 then 1 else 0 end) as worse_n,
    sum(case when comparisons.difference_high_95 < 0 then 1 else 0 end) as surely_worse_n
from rpt_key_question_comparison as comparisons
inner join dim_inspection as earlier on comparisons.earlier_inspection_id = earlier.inspection_id
inner join dim_inspection as later on comparisons.later_inspection_id = later.inspection_id
where
    earlier.organisation_type = 'crc'
    and later.organisation_type = 'pdu'
    and comparisons.comparable in ('exact', 'close')
group by later.organisation_name
order by later.organisation_name
