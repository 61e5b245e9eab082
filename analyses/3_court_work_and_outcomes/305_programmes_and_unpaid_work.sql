/*
question: How many accredited programmes have not begun, and how much unpaid work is overdue?
asked_by: Interventions managers, sentencers
answer: >-
  [% for measure, group in rows | selectattr("printed_value") | groupby("measure") %][[ measure ]]: [% for row in
  group %][[ cite(row.printed_value, row.citation_id) ]] in [[ row.body ]][[ ", " if not loop.last ]][% endfor %].
  [% endfor %]
caveat: >-
  Who supplied a figure is what the note at its row says; where none stands there, it is not stated. The
  Inspectorate does not confirm what providers supply, and prints no bases. One report labels a number what it
  prints in per cent; the unit here is that of the print.
columns:
  as_printed: {head: As printed, cite: citation_id}
  printed_value: hidden
*/
select
    measures.measure_name as measure,
    inspections.organisation_name as body,
    figures.as_printed,
    replace(figures.supplied_by, '_', ' ') as supplied_by,
    case when figures.value is not null then figures.as_printed end as printed_value,
    figures.inspection_id,
    figures.citation_id
from fct_case_characteristic as figures
inner join dim_inspection as inspections on figures.inspection_id = inspections.inspection_id
inner join dim_measure as measures on figures.measure_id = measures.measure_id
where measures.measure_group = 'provider_delivery'
order by measures.measure_name asc, figures.value desc, figures.inspection_id asc
