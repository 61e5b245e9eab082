/*
question: Is casework under the unified service better or worse than under the CRC?
asked_by: Policy makers, journalists
answer: >-
  [% for row in rows %]In [[ row.pdu ]] the share of sufficient cases is lower than in [[ row.crc ]] on [[
  row.worse_n | part_of(row.questions_n) ]] key questions ([[ row.told_worse_n | count ]] by more than chance
  explains) and higher on [[ row.better_n | count ]][[ " (%s by more than chance explains)" |
  format(row.told_better_n | count) if row.better_n ]]. [% endfor %]
caveat: >-
  One CRC against each PDU: other places, other people, and the CRC held no high-risk cases, so this is no test of the
  reform. By more than chance explains means that a difference remains after an allowance for the number of questions
  compared with all PDUs (Holm); questions with a broad relation are left out.
columns:
  crc: CRC
  questions_n: Questions compared
  better_n: Higher than the CRC
  told_better_n: By more than chance explains
  worse_n: Lower than the CRC
  told_worse_n: Lower by more than chance explains
*/
select
    later.organisation_name as pdu,
    earlier.organisation_name as crc,
    count(*) as questions_n,
    sum(case when comparisons.difference_points > 0 then 1 else 0 end) as better_n,
    sum(
        case when comparisons.difference_points > 0 and comparisons.is_distinguishable_in_all then 1 else 0 end
    ) as told_better_n,
    sum(case when comparisons.difference_points < 0 then 1 else 0 end) as worse_n,
    sum(
        case when comparisons.difference_points < 0 and comparisons.is_distinguishable_in_all then 1 else 0 end
    ) as told_worse_n,
    comparisons.later_inspection_id as inspection_id,
    comparisons.earlier_inspection_id as crc_inspection_id
from rpt_key_question_comparison as comparisons
inner join dim_inspection as earlier on comparisons.earlier_inspection_id = earlier.inspection_id
inner join dim_inspection as later on comparisons.later_inspection_id = later.inspection_id
where
    earlier.organisation_type = 'crc'
    and later.organisation_type = 'pdu'
    and comparisons.comparable in ('exact', 'close')
group by
    later.organisation_name, earlier.organisation_name, comparisons.later_inspection_id,
    comparisons.earlier_inspection_id
order by later.organisation_name, earlier.organisation_name
