/*
question: Who are the people in the inspected cases?
asked_by: Researchers, health and drug services
answer: >-
  [% for characteristic, group in rows | groupby("characteristic") %][[ characteristic ]]: [% for row in group %][[
  cite(row.yes_pct | pct, row.citation_id) ]] in [[ row.body ]][% if row.low_95 is not none %] ([[ row | between ]])[%
  endif %][[ ", " if not loop.last else ". " ]][% endfor %][% endfor %] The intervals in brackets hold if all were
  judged.
caveat: >-
  Drug and alcohol misuse is what inspectors found in the records. Intervals (in brackets, 95%) are for the people who
  began supervision in the sampled weeks, not for the whole caseload. From tables of the longer PDU reports; running
  text, as of the CRC, is not here.
chart:
  kind: intervals
  title: Characteristics of the people in the inspected cases, per cent
  panel: characteristic
columns:
  yes_pct: {head: Share (%), cite: citation_id}
  n: Cases inspected
*/
select
    measures.measure_name as characteristic,
    inspections.organisation_name as body,
    figures.value as yes_pct,
    figures.base_n as n,
    figures.base_basis,
    round(figures.share_pct_low_95, 0) as low_95,
    round(figures.share_pct_high_95, 0) as high_95,
    figures.inspection_id,
    figures.citation_id
from fct_case_characteristic as figures
inner join dim_inspection as inspections on figures.inspection_id = inspections.inspection_id
inner join dim_measure as measures on figures.measure_id = measures.measure_id
where measures.measure_group = 'case_characteristic' and figures.value is not null
order by measures.measure_name asc, figures.value desc, figures.inspection_id asc
