/*
question: Where do the PDUs of the reports held here stand among all PDUs inspected against the same standards?
asked_by: Heads of PDUs
answer: >-
  [% for row in rows %][[ row.pdu ]], rated [[ row.rating ]]: [[ row.rated_better_n | count ]] rated better, [[
  row.rated_alike_n | count ]] alike, [[ row.rated_worse_n | count ]] worse[[ "; " if not loop.last else "." ]] [%
  endfor %]
caveat: >-
  Rating and score are read from the report; the others are from published pages, which give a score mostly where it
  is low. So the place among scores is one among the weak, not among all.
columns:
  rated_better_n: Others rated better
  others_with_score_n: Others with a score
  higher_score_n: With a higher score
  same_score_n: With the same
  lower_score_n: With a lower one
*/
with reported as (
    select
        inspections.inspection_id,
        inspections.organisation_name,
        inspections.overall_rating,
        ratings.points,
        inspections.score,
        published.programme_id
    from dim_inspection as inspections
    inner join fct_published_rating as published on inspections.inspection_id = published.inspection_id
    inner join fct_rating as ratings
        on inspections.inspection_id = ratings.inspection_id and ratings.standard_id = 'overall'
    where inspections.organisation_type = 'pdu'
),

others as (
    select
        published.programme_id,
        published.inspection_id,
        ratings.points,
        published.score_low as score
    from fct_published_rating as published
    inner join dim_rating as ratings on published.rating = ratings.rating
    where published.body_type = 'pdu'
)

select
    reported.organisation_name as pdu,
    reported.overall_rating as rating,
    sum(case when others.points > reported.points then 1 else 0 end) as rated_better_n,
    sum(case when others.points = reported.points then 1 else 0 end) as rated_alike_n,
    sum(case when others.points < reported.points then 1 else 0 end) as rated_worse_n,
    reported.score,
    count(others.score) as others_with_score_n,
    sum(case when others.score > reported.score then 1 else 0 end) as higher_score_n,
    sum(case when others.score = reported.score then 1 else 0 end) as same_score_n,
    sum(case when others.score < reported.score then 1 else 0 end) as lower_score_n
from reported
inner join others
    on
        reported.programme_id = others.programme_id
        and reported.inspection_id <> coalesce(others.inspection_id, '')
group by reported.organisation_name, reported.overall_rating, reported.score
order by reported.score desc, pdu asc
