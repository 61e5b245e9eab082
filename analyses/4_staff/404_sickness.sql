/*
question: >-
  How many days are lost to sickness, and against what?
asked_by: Heads of PDUs, unions
answer: >-
  TO BE WRITTEN
caveat: >-
  Averages over twelve months, each to another month. against says what a figure is set beside in the report: a
  target, a region, an earlier month or inspection. Nothing says whether a difference is chance.
*/
select distinct
    inspections.organisation_name as body,
    figures.description as what,
    figures.value as days_per_person,
    figures.hedge,
    coalesce(figures.comparator_kind, 'the body itself') as against
from fct_reported_figure as figures
inner join dim_inspection as inspections on figures.inspection_id = inspections.inspection_id
where figures.measure_id = 'sickness_absence_days'
order by body asc, against desc, days_per_person asc
