/*
question: What do the reports print of region, nation and targets, and what is the body's own figure?
asked_by: Regional probation directors, journalists
answer: >-
  [% set both = rows | selectattr("own_figure") | list %] [[ rows | length ]] figures of regions, the nation or
  targets are printed; beside [[ both | length | count ]] of them the same report prints the body's own.[% if both %]
  In [[ both[0].body ]]: [[ both[0].what | lower_first ]], [[ cite(both[0].printed, both[0].citation_id) ]]; its own
  is [[ cite(both[0].own_figure, both[0].own_citation_id) ]].[% endif %]
caveat: >-
  Only what the reports print, of their year. Totals cannot be compared as if they were rates. A figure in words keeps
  its words.
columns:
  level: Of
  own_figure: {head: The body's own, cite: own_citation_id}
*/
with wider as (
    select
        inspection_id,
        measure_id,
        description as what,
        comparator_kind as level,
        min(
            as_stated
        ) as printed,
        min(citation_id) as citation_id
    from fct_reported_figure
    where comparator_kind in ('region', 'national', 'target')
    group by inspection_id, measure_id, description, comparator_kind
    union all
    select
        outcomes.inspection_id,
        outcomes.measure_id,
        concat(measures.measure_name, ', ', outcomes.comparator_population_name) as what,
        'national' as level,
        citations.as_printed as printed,
        outcomes.comparator_citation_id as citation_id
    from fct_outcome as outcomes
    inner join dim_measure as measures on outcomes.measure_id = measures.measure_id
    inner join dim_citation as citations on outcomes.comparator_citation_id = citations.citation_id
    union all
    select
        outcomes.inspection_id,
        outcomes.measure_id,
        measures.measure_name as what,
        'target' as level,
        citations.as_printed as printed,
        outcomes.target_citation_id as citation_id
    from fct_outcome as outcomes
    inner join dim_measure as measures on outcomes.measure_id = measures.measure_id
    inner join dim_citation as citations on outcomes.target_citation_id = citations.citation_id
    union all
    select
        caseloads.inspection_id,
        caseloads.measure_id,
        figures.figure_description as what,
        'national' as level,
        caseloads.as_printed as printed,
        caseloads.citation_id
    from fct_caseload as caseloads
    inner join rpt_figure as figures
        on caseloads.citation_id = figures.citation_id and figures.mart = 'fct_caseload'
    where caseloads.population_id not in ('caseload', 'region')
),

own as (
    select
        inspection_id,
        measure_id,
        as_printed,
        citation_id
    from fct_caseload
    where population_id = 'caseload'
    union all
    select
        inspection_id,
        measure_id,
        as_printed,
        citation_id
    from fct_staffing
    where grade_id = 'all' and value is not null
    union all
    select
        outcomes.inspection_id,
        outcomes.measure_id,
        citations.as_printed,
        outcomes.citation_id
    from fct_outcome as outcomes
    inner join dim_citation as citations on outcomes.citation_id = citations.citation_id
    where outcomes.population_id = 'caseload' and outcomes.value_pct is not null
)

select
    inspections.organisation_name as body,
    wider.level,
    wider.what,
    wider.printed,
    own.as_printed as own_figure,
    wider.inspection_id,
    wider.citation_id,
    own.citation_id as own_citation_id
from wider
inner join dim_inspection as inspections on wider.inspection_id = inspections.inspection_id
left join own on wider.inspection_id = own.inspection_id and wider.measure_id = own.measure_id
order by wider.level desc, body asc, wider.what asc
