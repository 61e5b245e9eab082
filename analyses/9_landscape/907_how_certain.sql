/*
question: >-
  How certain is what is known of other inspections?
asked_by: Researchers, whoever quotes them
answer: >-
  TO BE WRITTEN
caveat: >-
  Every row of fct_published_rating says the same of itself; its url is the page to look at. Dates known to the year
  only come from what surrounds a page, not from the page.
*/
with told as (
    select
        unnest([
            { 'what': 'source of the rating', 'how': replace(source_type, '_', ' ') },
            {
                'what': 'date known to the',
                'how': case published_precision when 'two_years' then 'year, one of two' else published_precision end
            },
            { 'what': 'date known from', 'how': replace(date_basis, '_', ' ') },
            { 'what': 'score', 'how': replace(score_basis, '_', ' ') },
            { 'what': 'address of the page', 'how': case when url is null then 'not kept' else 'kept' end },
            { 'what': 'read from its report too', 'how': case when inspection_id is null then 'no' else 'yes' end }
        ]) as answer
    from fct_published_rating
)

select
    answer.what,
    answer.how,
    count(*) as inspections_n
from told
group by answer.what, answer.how
order by answer.what asc, inspections_n desc, answer.how asc
