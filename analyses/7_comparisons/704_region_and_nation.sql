/*
question: >-
  What do the reports print of region, nation and targets, and what is the body's own figure?
asked_by: Regional probation directors, journalists
answer: >-
  TO BE WRITTEN
caveat: >-
  Only what the reports print, of their year; own_figure is the body's figure of the same measure in the same report,
  where there is one. Totals cannot be compared as if they were rates.
*/
with wider as (
    select distinct
        inspection_id,
        measure_id,
        description as what,
        comparator_kind as level,
        coalesce(value, value_pct) as figure,
        coalesce(unit, 'per_cent') as unit
    from fct_reported_figure
    where comparator_kind in ('region', 'national', 'target')
    union all
    select
        outcomes.inspection_id,
        outcomes.measure_id,
        concat(measures.measure_name, ', all CRCs') as what,
        'national' as level,
        outcomes.comparator_pct as figure,
        'per_cent' as unit
    from fct_outcome as outcomes
    inner join dim_measure as measures on outcomes.measure_id = measures.measure_id
    where outcomes.comparator_pct is not null
),

own as (
    select
        inspection_id,
        measure_id,
        value as figure
    from fct_caseload
    where population_id = 'caseload'
    union all
    select
        inspection_id,
        measure_id,
        value as figure
    from fct_staffing
    where grade_id = 'all'
    union all
    select
        inspection_id,
        measure_id,
        value_pct as figure
    from fct_outcome
    where population_id = 'caseload'
)

select
    inspections.organisation_name as body,
    wider.level,
    wider.what,
    wider.figure,
    replace(wider.unit, '_', ' ') as unit,
    own.figure as own_figure
from wider
inner join dim_inspection as inspections on wider.inspection_id = inspections.inspection_id
left join own on wider.inspection_id = own.inspection_id and wider.measure_id = own.measure_id
order by wider.level, body, wider.what
