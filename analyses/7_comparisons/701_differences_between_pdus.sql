/*
question: >-
  On which key questions do PDUs surely differ?
asked_by: Journalists, heads of PDUs
answer: >-
  TO BE WRITTEN
caveat: >-
  Only pairs whose 95% interval leaves out zero. Among some forty pairs two would by chance alone; sure_of_all marks
  those that hold when the interval is widened for all pairs together (Bonferroni). No list of best and worst can be
  made of this.
*/
with pairs as (
    select
        comparisons.*,
        case when comparisons.difference_points > 0 then later.yes_n else earlier.yes_n end as higher_yes_n,
        case when comparisons.difference_points > 0 then later.cases_n else earlier.cases_n end as higher_cases_n,
        case when comparisons.difference_points > 0 then earlier.yes_n else later.yes_n end as lower_yes_n,
        case when comparisons.difference_points > 0 then earlier.cases_n else later.cases_n end as lower_cases_n,
        later.standard_name,
        later.topic_name,
        earlier.organisation_name as earlier_body,
        later.organisation_name as later_body,
        100 - 5.0 / count(*) over () as widened
    from rpt_key_question_comparison as comparisons
    inner join rpt_key_question as earlier
        on
            comparisons.earlier_inspection_id = earlier.inspection_id
            and comparisons.earlier_question_id = earlier.question_id
    inner join rpt_key_question as later
        on
            comparisons.later_inspection_id = later.inspection_id
            and comparisons.later_question_id = later.question_id
    where comparisons.comparable = 'exact'
)

select
    standard_name as stage,
    topic_name as topic,
    earlier_body as body,
    earlier_yes_pct as yes_pct,
    later_body as other_body,
    later_yes_pct as other_pct,
    difference_points as other_less_body,
    round(difference_low_95, 0) as low_95,
    round(difference_high_95, 0) as high_95,
    newcombe_low(higher_yes_n, higher_cases_n, lower_yes_n, lower_cases_n, widened) > 0 as sure_of_all
from pairs
where is_distinguishable
order by abs(difference_points) desc, later_question_id, earlier_body asc, later_body asc
