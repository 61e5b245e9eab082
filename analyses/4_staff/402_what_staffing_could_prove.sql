/*
question: >-
  Could so few inspections prove a link between staffing and scores at all?
asked_by: Statisticians, anyone tempted to draw a line through the points
answer: >-
  TO BE WRITTEN
caveat: >-
  With n inspections and no ties the rarest order has a chance of one in n factorial, so the smallest two-sided
  p-value is twice that: with three it is 33%, whatever the figures. Pairs of inspections with equal scores say
  nothing.
*/
with points as (
    select
        staffing.measure_id,
        staffing.grade_id,
        staffing.inspection_id,
        staffing.value,
        inspections.score
    from fct_staffing as staffing
    inner join dim_inspection as inspections on staffing.inspection_id = inspections.inspection_id
    where
        staffing.measure_id in (
            'vacancy_rate',
            'sickness_absence_days',
            'attrition_rate',
            'average_caseload',
            'workload_measurement_average'
        )
        and staffing.value is not null
        and inspections.framework_id = 'pdu_2021'
),

pairs as (
    select
        worse.measure_id,
        worse.grade_id,
        sum(case when worse.value > better.value then 1 else 0 end) as pairs_as_expected_n,
        sum(case when worse.value < better.value then 1 else 0 end) as pairs_the_other_way_n
    from points as worse
    inner join points as better
        on
            worse.measure_id = better.measure_id
            and worse.grade_id = better.grade_id
            and worse.score < better.score
    group by worse.measure_id, worse.grade_id
)

select
    measures.measure_name as measure,
    points.grade_id as grade,
    count(*) as inspections_n,
    coalesce(max(pairs.pairs_as_expected_n), 0) as pairs_as_expected_n,
    coalesce(max(pairs.pairs_the_other_way_n), 0) as pairs_the_other_way_n,
    round(least(100, 200.0 / factorial(cast(count(*) as integer))), 0) as smallest_p_value_pct
from points
inner join dim_measure as measures on points.measure_id = measures.measure_id
left join pairs on points.measure_id = pairs.measure_id and points.grade_id = pairs.grade_id
group by points.measure_id, measures.measure_name, points.grade_id
having count(*) > 1
order by count(*) desc, measures.measure_name, points.grade_id asc
