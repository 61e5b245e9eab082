/*
question: Where does weak casework cap the rating of leadership?
asked_by: Heads of PDUs, inspectors
answer: >-
  [% set capped = rows | selectattr("rule_applies") | list %] [% set free = rows | rejectattr("rule_applies") | list
  %] [% if capped %]In [[ capped | map(attribute="body") | listed ]]: no standard of case supervision was better than
  Requires improvement, so leadership could be no better either. It was rated [% for row in capped %][[
  cite(row.leadership, row.citation_id) ]] in [[ row.body ]][[ ", " if not loop.last else "." ]] [% endfor %] [% else
  %]Nowhere here.[% endif %] [% if free %]In [[ free | map(attribute="body") | listed ]] the rule does not apply.[%
  endif %]
caveat: >-
  Leadership can be no better than Requires improvement where all standards of case supervision are Requires
  improvement or worse. What the rating would have been without the rule no report says. Where it is Inadequate, the
  rule changed nothing.
columns:
  best_case_standard: Best standard of case supervision
  leadership: {head: Leadership rated, cite: citation_id}
  below_the_cap: Below what the rule allows
*/
with case_supervision as (
    select
        ratings.inspection_id,
        max(ratings.points) as best_points
    from fct_rating as ratings
    inner join dim_standard as standards on ratings.standard_id = standards.standard_id
    where standards.is_case_supervision
    group by ratings.inspection_id
)

select
    inspections.organisation_name as body,
    inspections.inspection_year as year,
    best.rating as best_case_standard,
    case_supervision.best_points <= 1 as rule_applies,
    leadership.rating as leadership,
    case when case_supervision.best_points <= 1 then leadership.points < 1 end as below_the_cap,
    inspections.inspection_id,
    leadership.citation_id
from case_supervision
inner join dim_inspection as inspections on case_supervision.inspection_id = inspections.inspection_id
inner join dim_rating as best on case_supervision.best_points = best.points
inner join fct_rating as leadership on case_supervision.inspection_id = leadership.inspection_id
inner join dim_standard as standards
    on leadership.standard_id = standards.standard_id and standards.standard_name = 'Leadership'
order by rule_applies desc, inspections.inspection_year desc, inspections.inspection_id asc
