/*
question: >-
  Where was there no progress, and what is recommended now on the same theme?
asked_by: Heads of PDUs, regional probation directors
answer: >-
  TO BE WRITTEN
caveat: >-
  Joined by theme, which is broad: the new recommendation need not repeat the old one. An empty cell means that
  nothing new was recommended on the theme, not that the matter is settled.
*/
select
    inspections.organisation_name as body,
    progress.theme_name as theme,
    progress.title as earlier_recommendation,
    string_agg(recommendations.title, '; ' order by recommendations.recommendation_number) as recommended_now
from fct_recommendation_progress as progress
inner join dim_inspection as inspections on progress.inspection_id = inspections.inspection_id
left join fct_recommendation as recommendations
    on
        progress.inspection_id = recommendations.inspection_id
        and progress.theme_id in (recommendations.theme_id, recommendations.second_theme_id)
where progress.progress_order = 0
group by
    progress.inspection_id, inspections.organisation_name, progress.progress_number, progress.theme_name, progress.title
order by progress.inspection_id, progress.progress_number
