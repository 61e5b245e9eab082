/*
question: >-
  Do people on probation make progress?
asked_by: Policy makers, heads of PDUs
answer: >-
  TO BE WRITTEN
caveat: >-
  Inspectors' judgement of early outcomes, about half a year into supervision; not reoffending, and not rated. Where
  no count of all cases fits, the base is not known and there is no interval; for one such figure the text prints
  another value (question 801).
*/
select
    inspections.organisation_name as body,
    measures.measure_name as outcome,
    outcomes.value_pct,
    outcomes.numerator_n as k,
    outcomes.denominator_n as n,
    round(outcomes.value_pct_low_95, 0) as low_95,
    round(outcomes.value_pct_high_95, 0) as high_95
from fct_outcome as outcomes
inner join dim_inspection as inspections on outcomes.inspection_id = inspections.inspection_id
inner join dim_measure as measures on outcomes.measure_id = measures.measure_id
where outcomes.population_id = 'inspected_cases'
order by outcomes.question_id asc, outcomes.value_pct desc, outcomes.inspection_id asc
