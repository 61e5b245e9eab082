/*
question: Is engaging people done better than keeping other people safe?
asked_by: Policy makers, trainers
answer: >-
  [% set compared = rows | rejectattr("safety_less_engagement", "none") | list %] [% set lower = compared |
  selectattr("safety_less_engagement", "lt", 0) | sort(attribute="safety_less_engagement") | list %] In [[ lower |
  length | part_of(compared | length) ]] comparisons of one body at one stage, safety was judged
  sufficient in a smaller share of cases than engagement. [% if lower %]The gap is widest in [[ lower[0].body ]] at [[
  lower[0].stage | lower ]]: [[ cite(lower[0].safety_pct | pct, lower[0].safety_pct_citation_id) ]] against [[
  cite(lower[0].engagement_pct | pct, lower[0].engagement_pct_citation_id) ]][[ ", if all %d cases were judged" |
  format(lower[0].cases_n) if lower[0].base_basis == "assumed" ]].[% endif %]
caveat: >-
  Both questions are asked about the same cases, so an interval for independent samples would not fit and none is
  given. The least number of cases good enough on engagement and not on safety follows only if all inspected cases
  were judged on both; both are compared only where they have the same base. A CRC's figures on
  safety in planning, delivery and reviewing leave cases out.
columns:
  safety_pct: Safety of other people (%)
  safety_less_engagement: Safety less engagement (points)
  gap_n: Least number of cases, if all were judged
  cases_n: Cases, where the same for both
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
        case when engagement.cases_n = safety.cases_n then safety.yes_pct - engagement.yes_pct end
            as safety_less_engagement,
        case when engagement.cases_n = safety.cases_n then greatest(engagement.yes_n - safety.yes_n, 0) end as gap_n,
        case when engagement.cases_n = safety.cases_n then engagement.cases_n end as cases_n,
        case when engagement.cases_n = safety.cases_n then least(engagement.base_basis, safety.base_basis) end
            as base_basis,
        engagement.citation_id as engagement_pct_citation_id,
        safety.citation_id as safety_pct_citation_id
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
    cases_n,
    base_basis,
    inspection_id,
    engagement_pct_citation_id,
    safety_pct_citation_id
from paired
order by inspection_year desc, inspection_id asc, question_id asc
