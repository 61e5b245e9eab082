/*
question: >-
  How far was each inspection from another overall rating?
asked_by: Heads of PDUs, journalists
answer: >-
  TO BE WRITTEN
caveat: >-
  A score adds the points (0 to 3) of nine or ten standards; the rating cuts their mean at 0.5, 1.5 and 2.5, ties
  downwards. Scores out of 27 and of 30 rest on different standards and are not comparable. A standard may be one case
  away from its next point (question 103).
*/
select
    inspections.organisation_name as body,
    inspections.inspection_year as year,
    inspections.overall_rating,
    inspections.score,
    inspections.score_max,
    cast(floor(inspections.score_max * (overall.points + 0.5) / 3) as integer) + 1 - inspections.score as points_short,
    case
        when overall.points > 0
            then inspections.score - cast(floor(inspections.score_max * (overall.points - 0.5) / 3) as integer) - 1
    end as points_to_spare,
    inspections.score_status
from dim_inspection as inspections
inner join fct_rating as overall
    on inspections.inspection_id = overall.inspection_id and overall.standard_id = 'overall'
order by inspections.inspection_year desc, inspections.score desc, inspections.inspection_id asc
