/*
question: >-
  Which recommendations keep coming back?
asked_by: HMPPS, policy makers
answer: >-
  TO BE WRITTEN
caveat: >-
  A title recurs where we gave two recommendations the same words because they ask for the same; a theme recurs more
  easily. Bodies followed each other, so recurring over years does not mean that the same managers ignored it.
*/
with themed as (
    select
        inspection_id,
        unnest([theme_name, second_theme_name]) as theme,
        title
    from fct_recommendation
),

repeated as (
    select title
    from fct_recommendation
    group by title
    having count(distinct inspection_id) > 1
)

select
    themed.theme,
    count(distinct themed.inspection_id) as inspections_n,
    min(inspections.inspection_year) as first_year,
    max(inspections.inspection_year) as last_year,
    count(*) as recommendations_n,
    string_agg(distinct repeated.title, '; ' order by repeated.title) as in_the_same_words
from themed
inner join dim_inspection as inspections on themed.inspection_id = inspections.inspection_id
left join repeated on themed.title = repeated.title
where themed.theme is not null
group by themed.theme
having count(distinct themed.inspection_id) > 1
order by inspections_n desc, recommendations_n desc, themed.theme asc
