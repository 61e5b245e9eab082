/*
question: How large is each caseload, and how much of it was inspected?
asked_by: Researchers, statisticians
answer: >-
  [% set known = rows | rejectattr("inspected_pct", "none") | sort(attribute="inspected_pct") | list %] [% for row
  in rows if row.caseload_n is not none %][[ row.body ]]: [[ row.caseload_n | number ]][[ ", " if not loop.last else
  "." ]] [% endfor %] [% if known %]The inspected cases come to between [[ known[0].inspected_pct | pct ]] ([[
  known[0].body ]]) and [[ known[-1].inspected_pct | pct ]] ([[ known[-1].body ]]) of the number in the caseload.[%
  endif %]
caveat: >-
  Inspected cases began in chosen weeks, so they are no sample of the whole caseload: custody cases and old orders
  cannot be among them. Printed on different days. A CRC held low and medium risk cases only.
chart:
  kind: bars
  title: Caseload, cases
  value: caseload_n
  unit: ""
columns:
  pct_of_region_or_nation: Share of the wider caseload printed (%)
  cases_inspected: Inspected
  inspected_pct: Inspected against caseload (%)
  inspected_community_n: Inspected, community
  inspected_post_release_n: Inspected, post-release
*/
with caseloads as (
    select
        inspection_id,
        max(case when measure_id = 'caseload_total' and population_id = 'caseload' then value end) as caseload_n,
        max(case when measure_id = 'caseload_total' and population_id <> 'caseload' then value end) as wider_caseload_n,
        max(case when measure_id = 'caseload_community' then value end) as community_n,
        max(case when measure_id = 'caseload_licence' then value end) as licence_n,
        max(case when measure_id = 'caseload_custody' then value end) as custody_n,
        max(
            case when measure_id = 'caseload_total' and population_id = 'caseload' then citation_id end
        ) as caseload_n_citation_id
    from fct_caseload
    group by inspection_id
)

select
    inspections.organisation_name as body,
    caseloads.caseload_n,
    round(100 * caseloads.caseload_n / caseloads.wider_caseload_n, 1) as pct_of_region_or_nation,
    caseloads.community_n,
    caseloads.licence_n,
    caseloads.custody_n,
    inspections.cases_inspected,
    round(100 * inspections.cases_inspected / caseloads.caseload_n, 1) as inspected_pct,
    inspections.community_cases as inspected_community_n,
    inspections.post_release_cases as inspected_post_release_n,
    caseloads.inspection_id,
    caseloads.caseload_n_citation_id
from caseloads
inner join dim_inspection as inspections on caseloads.inspection_id = inspections.inspection_id
order by caseloads.caseload_n desc nulls last, caseloads.inspection_id asc
