/*
question: Does what staff say of their workload go with what is measured?
asked_by: Unions, heads of PDUs
answer: >-
  [% for body, group in rows | groupby("body") %][% set said = group | selectattr("kind", "equalto", "said") |
  selectattr("is_workload") | list %] [% set measured = group | selectattr("kind", "equalto", "measured") |
  selectattr("is_workload") | list %] [% if said and measured %]In [[ body ]] they say: [% for row in said %][[
  row.what | lower_first ]], [[ cite(row.printed, row.citation_id) ]][[ "; " if not loop.last else "." ]] [% endfor
  %] Measured: [% for row in measured %][[ row.what | lower_first ]], [[ cite(row.printed, row.citation_id) ]][[ ";
  " if not loop.last else "." ]] [% endfor %][% endif %][% endfor %] Nothing here tests whether the two go together.
caveat: >-
  Surveys and interviews are answered by few and by those who choose to; the measured figures are averages over a
  grade. Manageable and unmanageable need not add up to 100: there are other answers.
columns:
  kind: Said or measured
  is_workload: hidden
  printed: {head: Figure, cite: citation_id}
*/
select
    inspections.organisation_name as body,
    'said' as kind,
    figures.description like '%workload%' and (figures.hedge is null or figures.hedge = 'only') as is_workload,
    figures.description as what,
    case
        when min(figures.numerator_n) is not null and min(figures.denominator_n) is not null
            then concat(cast(min(figures.numerator_n) as integer), ' of ', min(figures.denominator_n))
        else min(figures.as_stated)
    end as printed,
    min(figures.base_n) as n,
    min(figures.base_basis) as base_basis,
    round(min(figures.share_pct_low_95), 0) as low_95,
    round(min(figures.share_pct_high_95), 0) as high_95,
    figures.inspection_id,
    min(figures.citation_id) as citation_id
from fct_reported_figure as figures
inner join dim_inspection as inspections on figures.inspection_id = inspections.inspection_id
where
    figures.population_id in ('staff_survey', 'practitioner_interviews')
    and figures.comparator_kind is null
    and figures.description like '%manageable%'
group by inspections.organisation_name, figures.description, figures.hedge, figures.inspection_id
union all
select
    inspections.organisation_name as body,
    'measured' as kind,
    staffing.measure_id = 'workload_measurement_average' as is_workload,
    concat(measures.measure_name, ': ', lower(staffing.grade_name)) as what,
    staffing.as_printed as printed,
    null as n,
    null as base_basis,
    null as low_95,
    null as high_95,
    staffing.inspection_id,
    staffing.citation_id
from fct_staffing as staffing
inner join dim_inspection as inspections on staffing.inspection_id = inspections.inspection_id
inner join dim_measure as measures on staffing.measure_id = measures.measure_id
where staffing.measure_id in ('average_caseload', 'workload_measurement_average') and staffing.value is not null
order by body asc, kind desc, what asc, citation_id asc
