/*
question: Where was there no progress, and what is recommended now on the same theme?
asked_by: Heads of PDUs, regional probation directors
answer: >-
  [% set again = rows | selectattr("recommended_now") | list %] For [[ again | length | part_of(rows | length) ]]
  earlier recommendations without progress the same report recommends something on the same theme.[% if again %] In [[
  again[0].body ]], on [[ again[0].theme | lower_first ]]: then “[[ again[0].earlier_recommendation ]]”, now “[[
  again[0].recommended_now ]]”.[% endif %]
caveat: >-
  Joined by theme, which is ours and broad: the new recommendation need not repeat the old one. An empty cell means
  that nothing new was recommended on the theme, not that the matter is settled. Titles are in our own words.
columns:
  earlier_recommendation: {head: Earlier recommendation, cite: citation_id}
  recommended_now: Recommended now on the theme
*/
select
    inspections.organisation_name as body,
    progress.theme_name as theme,
    progress.title as earlier_recommendation,
    string_agg(recommendations.title, '; ' order by recommendations.recommendation_number) as recommended_now,
    progress.inspection_id,
    progress.citation_id
from fct_recommendation_progress as progress
inner join dim_inspection as inspections on progress.inspection_id = inspections.inspection_id
left join fct_recommendation as recommendations
    on
        progress.inspection_id = recommendations.inspection_id
        and progress.theme_id in (recommendations.theme_id, recommendations.second_theme_id)
where progress.progress_order = 0
group by
    progress.inspection_id, inspections.organisation_name, progress.progress_number, progress.theme_name,
    progress.title, progress.citation_id
order by progress.inspection_id, progress.progress_number
