/*
question: Do staff resemble the people they supervise?
asked_by: Equality leads
answer: >-
  [% for people, group in rows | rejectattr("caseload_pct", "none") | rejectattr("staff_pct", "none") |
  groupby("people") %] [[ people | capitalize ]]: [% for row in group %][[ row.staff_pct | pct ]] of staff and [[
  row.caseload_pct | pct ]] of the caseload in [[ row.body ]][[ "; " if not loop.last else "." ]] [% endfor %][%
  endfor %]
caveat: >-
  Staff and caseload are whole populations, so no intervals; shares printed as about or by the text alone are
  rounded, and one contradicts the counts printed beside it. Inspected cases are a sample and may differ from the
  caseload by chance.
columns:
  people: Who
  staff_pct: Of staff (%)
  caseload_pct: Of the caseload (%)
  staff_less_caseload: Staff less caseload (points)
  inspected_cases_pct: Of the inspected cases (%)
*/
with staff as (
    select distinct
        inspection_id,
        measure_id,
        value_pct as pct
    from fct_reported_figure
    where measure_id in ('workforce_ethnic_minority', 'workforce_female') and comparator_kind is null
),

shares as (
    select
        staff.inspection_id,
        case staff.measure_id when 'workforce_female' then 'women' else 'ethnic minority' end as people,
        staff.pct as staff_pct,
        caseloads.value as caseload_pct,
        inspected.value as inspected_cases_pct
    from staff
    left join fct_caseload as caseloads
        on
            staff.inspection_id = caseloads.inspection_id
            and caseloads.population_id = 'caseload'
            and caseloads.measure_id = case staff.measure_id
                when 'workforce_female' then 'caseload_share_women' else 'caseload_share_ethnic_minority'
            end
    left join fct_case_characteristic as inspected
        on
            staff.inspection_id = inspected.inspection_id
            and inspected.measure_id = case staff.measure_id
                when 'workforce_female' then 'inspected_female' else 'inspected_ethnic_minority'
            end
)

select
    inspections.organisation_name as body,
    shares.people,
    shares.staff_pct,
    shares.caseload_pct,
    shares.staff_pct - shares.caseload_pct as staff_less_caseload,
    shares.inspected_cases_pct,
    inspections.cases_inspected
from shares
inner join dim_inspection as inspections on shares.inspection_id = inspections.inspection_id
order by shares.people, inspections.organisation_name
