/*
question: >-
  Is engaging people done better than keeping other people safe?
asked_by: Policy makers, trainers
answer: >-
  TO BE WRITTEN
caveat: >-
  Both questions are asked about the same cases, so gap_n is certain where the bases are the same: at least so many
  cases were good enough on engagement and not on safety. The interval of a difference between two independent samples
  would not fit here and is not given.
*/
with paired as (
    select
        engagement.inspection_id,
        engagement.inspection_year,
        engagement.organisation_name as body,
        engagement.standard_name as stage,
        engagement.question_id,
        engagement.yes_pct as engagement_pct,
        safety.yes_pct as safety_pct,
        safety.yes_pct - engagement.yes_pct as safety_less_engagement,
        case when engagement.cases_n = safety.cases_n then engagement.yes_n - safety.yes_n end as gap_n,
        engagement.cases_n
    from rpt_key_question as engagement
    inner join rpt_key_question as safety
        on engagement.inspection_id = safety.inspection_id and engagement.standard_name = safety.standard_name
    where engagement.topic_name = 'Engagement' and safety.topic_name = 'Safety of other people'
)

select
    body,
    stage,
    engagement_pct,
    safety_pct,
    safety_less_engagement,
    gap_n,
    cases_n
from paired
order by inspection_year desc, inspection_id asc, question_id asc
