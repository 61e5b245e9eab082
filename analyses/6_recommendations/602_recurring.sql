/*
question: On which themes do recommendations keep coming back?
asked_by: HMPPS, policy makers
answer: >-
  On [[ first.theme | lower_first ]]: [[ first.recommendations_n | count("recommendation") ]] in [[
  first.inspections_n | count("inspection") ]] from [[ first.first_year ]] to [[ first.last_year ]].[% set others =
  rows[1:] %][% if others %] Then, in [[ others[0].inspections_n | count("inspection") ]][[ " each" if others |
  length > 1 and others[1].inspections_n == others[0].inspections_n ]]: [[ others | selectattr("inspections_n",
  "equalto", others[0].inspections_n) | map(attribute="theme") | map("lower_first") | listed ]].[% endif %]
caveat: >-
  Recurring means on the same theme, which is ours and broad; it does not mean the same words or the same demand.
  Bodies followed each other, so recurring over years does not mean that the same managers ignored it.
columns:
  first_year: First
  last_year: Last
*/
with themed as (
    select
        inspection_id,
        unnest([theme_name, second_theme_name]) as theme
    from fct_recommendation
)

select
    themed.theme,
    count(distinct themed.inspection_id) as inspections_n,
    min(inspections.inspection_year) as first_year,
    max(inspections.inspection_year) as last_year,
    count(*) as recommendations_n
from themed
inner join dim_inspection as inspections on themed.inspection_id = inspections.inspection_id
where themed.theme is not null
group by themed.theme
having count(distinct themed.inspection_id) > 1
order by inspections_n desc, recommendations_n desc, themed.theme asc
