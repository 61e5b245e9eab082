/*
question: Where does casework lose quality, from assessment to planning, delivery and reviewing?
asked_by: Heads of PDUs, quality development officers
answer: >-
  [% set fallen = rows | rejectattr("delivery_less_assessment", "none") | selectattr("delivery_less_assessment", "lt",
  0) | sort(attribute="delivery_less_assessment") | list %] [% set compared = rows |
  rejectattr("delivery_less_assessment", "none") | list %] [% if fallen %]From assessment to delivery the share of
  sufficient cases falls in [[ fallen | length | part_of(compared | length) ]] comparisons, most of all for [[
  fallen[0].topic | lower ]] in [[ fallen[0].body ]]: from [[ fallen[0].assessment_pct | pct ]] to [[
  fallen[0].delivery_pct | pct ]].[% if fallen[0].lost_n is not none %] If all [[ fallen[0].cases_n ]] inspected cases
  were judged at both stages, at least [[ fallen[0].lost_n | count("case") ]] that [[ "was" if fallen[0].lost_n == 1
  else "were" ]] good enough at assessment [[ "was" if fallen[0].lost_n == 1 else "were" ]] not good enough at
  delivery.[% endif %] [% else %]Nowhere here does the share of sufficient cases fall from assessment to delivery.[%
  endif %]
caveat: >-
  How many cases fell short at one stage and not at another is not printed. The least number lost follows only if
  every inspected case was judged at both stages, which the reports do not say for single figures. A CRC's figures on
  safety in planning, delivery and reviewing leave cases out, so that they are compared with none of assessment. The
  stages are judged on the same cases: an interval for independent samples would not fit.
columns:
  delivery_less_assessment: Delivery less assessment (points)
  cases_n: Cases, where the same for both
  lost_n: Least number of cases lost, if all were judged
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
        max(case when standard_name = 'Implementation and delivery' then cases_n end) as delivery_cases_n,
        max(case when standard_name = 'Assessment' then citation_id end) as assessment_citation_id,
        max(case when standard_name = 'Planning' then citation_id end) as planning_citation_id,
        max(case when standard_name = 'Implementation and delivery' then citation_id end) as delivery_citation_id,
        max(case when standard_name = 'Reviewing' then citation_id end) as reviewing_citation_id
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
    case when assessment_cases_n = delivery_cases_n then delivery_pct - assessment_pct end as delivery_less_assessment,
    case when assessment_cases_n = delivery_cases_n then assessment_cases_n end as cases_n,
    case when assessment_cases_n = delivery_cases_n then greatest(assessment_n - delivery_n, 0) end as lost_n,
    inspection_id,
    assessment_citation_id as assessment_pct_citation_id,
    planning_citation_id as planning_pct_citation_id,
    delivery_citation_id as delivery_pct_citation_id,
    reviewing_citation_id as reviewing_pct_citation_id
from stages
order by inspection_year desc, inspection_id asc, delivery_less_assessment asc nulls last
