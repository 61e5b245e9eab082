/*
question: >-
  How did the CRC do against its targets and against all CRCs?
asked_by: Contract managers, policy makers
answer: >-
  TO BE WRITTEN
caveat: >-
  Official performance figures reprinted in the report, each of another period and population; no bases are printed,
  so no intervals. Lower is better for reoffending. PDU reports print no such table.
*/
select
    inspections.organisation_name as body,
    measures.measure_name as measure,
    outcomes.value_pct,
    outcomes.comparator_pct as all_crcs_pct,
    outcomes.target_pct,
    case
        when outcomes.target_pct is null then 'no target printed'
        when outcomes.value_pct >= outcomes.target_pct then 'met'
        else 'missed'
    end as target_was
from fct_outcome as outcomes
inner join dim_inspection as inspections on outcomes.inspection_id = inspections.inspection_id
inner join dim_measure as measures on outcomes.measure_id = measures.measure_id
where outcomes.population_id = 'caseload'
order by outcomes.inspection_id, measures.measure_name
