/*
question: How did the CRC do against its targets and against the figures of others?
asked_by: Contract managers, policy makers
answer: >-
  [% for body, group in rows | groupby("body") %][% set met = group | selectattr("target_was", "equalto", "met") |
  list %] [% set missed = group | selectattr("target_was", "equalto", "missed") | list %] [% if met or missed %][[
  body ]] met [[ met | length | part_of((met | length) + (missed | length)) ]] targets that are printed[% if missed
  %] and missed [% for row in missed %][[ row.measure | lower_first ]] ([[ cite(row.value_pct | pct,
  row.value_pct_citation_id) ]] against [[ cite(row.target_pct | pct, row.target_pct_citation_id) ]])[[ ", " if not
  loop.last ]][% endfor %][% endif %].[% endif %] [% endfor %]
caveat: >-
  Official performance figures reprinted in the report, each of another period, beside that of all CRCs or of England
  and Wales; no bases are printed, so no intervals. Lower is better for reoffending. PDU reports print no such table.
columns:
  value_pct: The CRC (%)
  other_pct: Figure beside it (%)
  other_is: Of whom
  target_pct: Target (%)
  target_was: Target was
*/
select
    inspections.organisation_name as body,
    measures.measure_name as measure,
    outcomes.value_pct,
    outcomes.comparator_pct as other_pct,
    outcomes.comparator_population_name as other_is,
    outcomes.target_pct,
    case
        when outcomes.target_pct is null then 'no target printed'
        when outcomes.value_pct >= outcomes.target_pct then 'met'
        else 'missed'
    end as target_was,
    outcomes.inspection_id,
    outcomes.citation_id as value_pct_citation_id,
    outcomes.comparator_citation_id as other_pct_citation_id,
    outcomes.target_citation_id as target_pct_citation_id
from fct_outcome as outcomes
inner join dim_inspection as inspections on outcomes.inspection_id = inspections.inspection_id
inner join dim_measure as measures on outcomes.measure_id = measures.measure_id
where outcomes.population_id = 'caseload'
order by outcomes.inspection_id, measures.measure_name
