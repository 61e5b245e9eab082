/*
question: >-
  How did probation in Warwickshire change from 2005 to 2022?
asked_by: Journalists, local councillors
answer: >-
  TO BE WRITTEN
caveat: >-
  Three bodies, three frameworks. The scores of 2005 and 2006 are sums of judgements, no shares of cases: compare them
  with each other only. The CRC also served West Mercia and held no high-risk cases. change is later less earlier
  share, given only where the question is close enough to compare; broad means that even so its base differs.
*/
with timeline as (
    select
        conformed_topic_id,
        max(case when inspection_year = 2005 then value end) as score_2005,
        max(case when inspection_year = 2006 then value end) as score_2006,
        max(case when inspection_year = 2019 then value end) as share_2019,
        max(case when inspection_year = 2022 then value end) as share_2022
    from rpt_area_timeline
    where area_id = 'warwickshire' and value_kind in ('share_of_cases', 'criterion_score')
    group by conformed_topic_id
    having count(*) > 1
)

select
    replace(timeline.conformed_topic_id, '_', ' ') as topic,
    timeline.score_2005,
    timeline.score_2006,
    timeline.share_2019,
    timeline.share_2022,
    comparisons.comparable as comparable_2019_2022,
    comparisons.difference_points as change,
    round(comparisons.difference_low_95, 0) as low_95,
    round(comparisons.difference_high_95, 0) as high_95
from timeline
left join rpt_key_question_comparison as comparisons
    on
        timeline.conformed_topic_id = comparisons.conformed_question_id
        and comparisons.earlier_inspection_id = 'warwickshire_and_west_mercia_crc_2019'
        and comparisons.later_inspection_id = 'warwickshire_pdu_2022'
order by comparisons.difference_points, topic
