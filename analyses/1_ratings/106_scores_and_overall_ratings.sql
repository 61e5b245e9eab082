/*
question: How far was each inspection from another overall rating?
asked_by: Heads of PDUs, journalists
answer: >-
  [% set near = rows | rejectattr("points_short", "none") | sort(attribute="points_short") | list %] [% if near %][%
  set least = near[0].points_short %][% set nearest = near | selectattr("points_short", "equalto", least) | list %]
  Nearest to a better rating [[ "was" if nearest | length == 1 else "were" ]] [[ nearest | map(attribute="body") |
  listed ]], [[ least | count("point") ]] short. [% endif %] [% for row in rows %][[ row.body ]] [% if row.score is
  not none %]had [[ row.score ]] of [[ row.score_max ]] points[% if row.score_was != "printed" %] ([[ row.score_was
  ]])[% endif %] and [% endif %]was rated [[ cite(row.overall_rating, row.citation_id) ]][[ "; " if not loop.last
  else "." ]] [% endfor %]
caveat: >-
  A score adds the points (0 to 3) of the standards; the rating cuts their mean at 0.5, 1.5 and 2.5, ties downwards.
  Scores with different maxima rest on different standards and are not comparable. A standard may be one case away
  from its next point (question 103).
columns:
  overall_rating: {head: Overall rating, cite: citation_id}
  score_max: Of
  points_short: Points short of the next rating
*/
select
    inspections.organisation_name as body,
    inspections.inspection_year as year,
    inspections.overall_rating,
    inspections.score,
    inspections.score_max,
    case
        when overall.points < 3
            then
                cast(floor(inspections.score_max * (overall.points + 0.5) / 3) as integer) + 1 - inspections.score
    end as points_short,
    case
        when overall.points > 0
            then inspections.score - cast(floor(inspections.score_max * (overall.points - 0.5) / 3) as integer) - 1
    end as points_to_spare,
    case inspections.score_status
        when 'printed' then 'printed'
        else 'summed from the ratings, not printed'
    end as score_was,
    inspections.inspection_id,
    overall.citation_id
from dim_inspection as inspections
inner join fct_rating as overall
    on inspections.inspection_id = overall.inspection_id and overall.standard_id = 'overall'
order by inspections.inspection_year desc, inspections.score desc, inspections.inspection_id asc
