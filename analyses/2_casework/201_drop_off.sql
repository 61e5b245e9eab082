/*
question: >-
  Where does casework lose quality, from assessment to planning, delivery and reviewing?
asked_by: Heads of PDUs, quality development officers
answer: >-
  TO BE WRITTEN
caveat: >-
  The same cases are judged at every stage, so lost_n is certain: at least so many cases were good enough at
  assessment and not at delivery. How many more were, and some the other way round, is not printed. A CRC's figures on
  safety in planning, delivery and reviewing leave cases out, so there is no count.
*/
with stages as (
    select
        inspection_id,
        inspection_year,
        organisation_name,
        topic_name,
        max(case when standard_name = 'Assessment' then yes_pct end) as assessment_pct,
        max(case when standard_name = 'Planning' then yes_pct end) as planning_pct,
        max(case when standard_name = 'Implementation and delivery' then yes_pct end) as delivery_pct,
        max(case when standard_name = 'Reviewing' then yes_pct end) as reviewing_pct,
        max(case when standard_name = 'Assessment' then yes_n end) as assessment_n,
        max(case when standard_name = 'Implementation and delivery' then yes_n end) as delivery_n,
        max(case when standard_name = 'Assessment' then cases_n end) as assessment_cases_n,
        max(case when standard_name = 'Implementation and delivery' then cases_n end) as delivery_cases_n
    from rpt_key_question
    where topic_name in ('Engagement', 'Desistance', 'Safety of other people')
    group by inspection_id, inspection_year, organisation_name, topic_name
)

select
    organisation_name as body,
    topic_name as topic,
    assessment_pct,
    planning_pct,
    delivery_pct,
    reviewing_pct,
    delivery_pct - assessment_pct as delivery_less_assessment,
    case when assessment_cases_n = delivery_cases_n then greatest(assessment_n - delivery_n, 0) end as lost_n
from stages
order by inspection_year desc, inspection_id asc, delivery_pct - assessment_pct
