/*
question: How well founded is what is known of other inspections?
asked_by: Researchers, whoever quotes them
answer: >-
  [% for row in rows if row.about == "source of the inspection" %][[ row.inspections_n ]] [[ "inspections are known
  " if loop.first ]]from [[ row.found ]][[ ", " if not loop.last else "." ]] [% endfor %] [% for row in rows if
  row.about == "date known to the" %][[ "The date is known to the " if loop.first else "to the " ]][[ row.found ]]
  for [[ row.inspections_n ]][[ ", " if not loop.last else "." ]] [% endfor %]
caveat: >-
  Every rating of a published page says the same of itself, with the address of the page to look at. Dates known to
  the year only come from what surrounds a page, not from the page.
columns:
  about: What
  found: How it is known
*/
with facts as (
    select
        unnest([
            {
                'about': 'source of the inspection',
                'found': case source_type
                    when 'primary' then 'pages of the Inspectorate'
                    else 'news and other pages'
                end
            },
            {
                'about': 'date known to the',
                'found': case published_precision when 'two_years' then 'year or the next' else published_precision end
            },
            { 'about': 'date known from', 'found': replace(date_basis, '_', ' ') },
            { 'about': 'score', 'found': replace(score_basis, '_', ' ') },
            { 'about': 'address of the page', 'found': case when url is null then 'not kept' else 'kept' end },
            { 'about': 'read from its report too', 'found': case when inspection_id is null then 'no' else 'yes' end }
        ]) as answer
    from fct_published_rating
)

select
    answer.about,
    answer.found,
    count(*) as inspections_n
from facts
group by answer.about, answer.found
order by answer.about asc, inspections_n desc, answer.found asc
