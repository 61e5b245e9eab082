/*
question: How many days are lost to sickness, and against what?
asked_by: Heads of PDUs, unions
answer: >-
  Days a year for each member of staff. [% for body, group in rows | groupby("body")
  %][[ body ]]: [% for row in group %][[ cite(row.printed,
  row.citation_id) ]] ([[ row.against ]])[[ ", " if not loop.last else ". " ]][% endfor %][% endfor %]
caveat: >-
  Average days a year for each member of staff, over twelve months, each to another month. The words in brackets say
  what a figure is: the body's own, a target, a region's, or an earlier one. Nothing says whether a difference is
  chance.
chart:
  kind: bars
  title: Days lost to sickness for each member of staff in twelve months
  value: days
  panel: body
  label: what
  unit: " days"
columns:
  against: Whose figure
*/
select
    inspections.organisation_name as body,
    figures.description as what,
    figures.value as days,
    min(figures.as_stated) as printed,
    case figures.comparator_kind
        when 'target' then 'target'
        when 'region' then 'the region'
        when 'earlier_date' then 'at an earlier date'
        when 'earlier_inspection' then 'at the inspection before'
        else 'the body itself'
    end as against,
    figures.inspection_id,
    min(figures.citation_id) as citation_id
from fct_reported_figure as figures
inner join dim_inspection as inspections on figures.inspection_id = inspections.inspection_id
where figures.measure_id = 'sickness_absence_days'
group by body, what, days, figures.comparator_kind, figures.inspection_id
order by body asc, against desc, days asc
