/*
question: Which recommendations are made to each addressee?
asked_by: HMPPS, regional probation directors, heads of PDUs
answer: >-
  [[ rows | length ]] recommendations are held, by addressee: [% for addressee, n in rows | tally("addressee") %][[
  addressee ]] [[ n ]][[ ", " if not loop.last else "." ]] [% endfor %]
caveat: >-
  In our own words; the link leads to where each is printed. Who is addressed is as the report heads it.
columns:
  addressee: Addressed to
  recommendation: {head: Recommendation, cite: citation_id}
*/
select
    recommendations.addressee_name as addressee,
    inspections.organisation_name as body,
    inspections.inspection_year as year,
    recommendations.title as recommendation,
    concat_ws(', ', recommendations.theme_name, lower(recommendations.second_theme_name)) as themes,
    recommendations.inspection_id,
    recommendations.citation_id
from fct_recommendation as recommendations
inner join dim_inspection as inspections on recommendations.inspection_id = inspections.inspection_id
order by
    recommendations.addressee_name asc, inspections.inspection_year desc, recommendations.inspection_id asc,
    recommendations.recommendation_number asc
