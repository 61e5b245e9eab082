/*
question: How many people in the inspected cases were arrested, charged or reoffended?
asked_by: Journalists, policy makers
answer: >-
  [% for body, group in rows | groupby("body") %][[ body ]]: [% for row in group %][[ row.what | lower_first ]], [[
  cite(row.printed, row.citation_id) ]][[ "; " if not loop.last else "." ]] [% endfor %][% endfor %]
caveat: >-
  What each report prints of it, described in our own words; reports not named here print nothing of the kind. About
  half a year into supervision, of cases and not of offences. The outcome “reduction in offending” is the inspectors'
  judgement. Two findings of the ledger concern these figures: see the contradictions of the report.
columns:
  printed: {head: Figure, cite: citation_id}
*/
with printed as (
    select
        inspection_id,
        description as what,
        case
            when numerator_n is not null and denominator_n is not null
                then concat(cast(numerator_n as integer), ' of ', denominator_n)
            else as_stated
        end as as_printed,
        base_n as n,
        base_basis,
        share_pct_low_95 as low_95,
        share_pct_high_95 as high_95,
        citation_id
    from fct_reported_figure
    where
        population_id = 'inspected_cases'
        and (
            lower(description) like '%charge%'
            or lower(description) like '%arrest%'
            or lower(description) like '%convicted of a new%'
            or lower(description) like '%new offence%'
            or lower(description) like '%further offence%'
            or lower(description) like '%less offending%'
            or lower(description) like '%offending increased%'
            or lower(description) like '%escalating reoffending%'
        )
    union all
    select
        outcomes.inspection_id,
        measures.measure_name as what,
        citations.as_printed,
        outcomes.denominator_n as n,
        outcomes.base_basis,
        outcomes.value_pct_low_95 as low_95,
        outcomes.value_pct_high_95 as high_95,
        outcomes.citation_id
    from fct_outcome as outcomes
    inner join dim_measure as measures on outcomes.measure_id = measures.measure_id
    inner join dim_citation as citations on outcomes.citation_id = citations.citation_id
    where outcomes.measure_id = 'reduction_in_offending'
)

select
    inspections.organisation_name as body,
    printed.what,
    printed.as_printed as printed,
    printed.n,
    printed.base_basis,
    round(printed.low_95, 0) as low_95,
    round(printed.high_95, 0) as high_95,
    printed.inspection_id,
    printed.citation_id
from printed
inner join dim_inspection as inspections on printed.inspection_id = inspections.inspection_id
order by inspections.inspection_year desc, printed.inspection_id asc, printed.citation_id asc
