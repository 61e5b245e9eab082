/*
question: >-
  How many accredited programmes have not begun, and how much unpaid work is overdue?
asked_by: Interventions managers, sentencers
answer: >-
  TO BE WRITTEN
caveat: >-
  Supplied by the provider, not confirmed by the Inspectorate, and without bases. One report labels a number what it
  prints in per cent; the unit here is that of the print.
*/
select
    measures.measure_name as measure,
    inspections.organisation_name as body,
    figures.as_printed,
    figures.unit,
    figures.value_status,
    figures.supplied_by
from fct_case_characteristic as figures
inner join dim_inspection as inspections on figures.inspection_id = inspections.inspection_id
inner join dim_measure as measures on figures.measure_id = measures.measure_id
where measures.measure_group = 'provider_delivery'
order by measures.measure_name asc, figures.value desc, figures.inspection_id asc
