/*
question: Do people on probation make progress?
asked_by: Policy makers, heads of PDUs
answer: >-
  [% set progress = rows | selectattr("outcome", "equalto", "Reasonable progress") | list %] [% set of = progress if
  progress else rows %] [% set lowest = of | min(attribute="yes_pct") %][% set highest = of | max(attribute="yes_pct")
  %] [[ highest.outcome ]] was seen in [[ cite(lowest.yes_pct | pct, lowest.citation_id) ]] of cases in [[ lowest.body
  ]] [% if lowest.low_95 is not none %](95% interval [[ lowest | between ]]%[[ ", if all were judged" if
  lowest.base_basis == "assumed" ]])[% endif %] up to [[ cite(highest.yes_pct | pct, highest.citation_id) ]] in [[
  highest.body ]] [% if highest.low_95 is not none %]([[ highest | between ]]%[[ ", if all were judged" if
  highest.base_basis == "assumed" ]])[% endif %].
caveat: >-
  Inspectors' judgement of early outcomes, about half a year into supervision; not reoffending, and not rated. Where
  no count of all cases fits, the base is not known and there is no interval; for one such figure the text prints
  another value (question 801).
chart:
  kind: intervals
  title: Early outcomes, share of inspected cases
  panel: outcome
columns:
  yes_pct: {head: Share of cases (%), cite: citation_id}
*/
select
    inspections.organisation_name as body,
    measures.measure_name as outcome,
    outcomes.value_pct as yes_pct,
    outcomes.numerator_n as k,
    outcomes.denominator_n as n,
    outcomes.base_basis,
    round(outcomes.value_pct_low_95, 0) as low_95,
    round(outcomes.value_pct_high_95, 0) as high_95,
    outcomes.inspection_id,
    outcomes.citation_id
from fct_outcome as outcomes
inner join dim_inspection as inspections on outcomes.inspection_id = inspections.inspection_id
inner join dim_measure as measures on outcomes.measure_id = measures.measure_id
where outcomes.population_id = 'inspected_cases' and outcomes.value_pct is not null
order by outcomes.question_id asc, outcomes.value_pct desc, outcomes.inspection_id asc
