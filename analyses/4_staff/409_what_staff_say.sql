/*
question: What do most staff say in the surveys, and what do most not say?
asked_by: Heads of PDUs, unions
answer: >-
  [% set most = rows | selectattr("low_95", "gt", 50) | sort(attribute="yes_pct", reverse=true) | list %] [% set few =
  rows | selectattr("high_95", "lt", 50) | sort(attribute="yes_pct") | list %] [% if most %]Most often given: [[
  most[0].what | lower_first ]], [[ cite(most[0].k ~ " of " ~ most[0].n, most[0].citation_id) ]] ([[ most[0].body
  ]]).[% endif %] [% if few %]Least often given: [[ few[0].what | lower_first ]], [[ cite(few[0].k ~ " of " ~
  few[0].n, few[0].citation_id) ]] ([[ few[0].body ]]).[% endif %] Those who did not give an answer need not think the
  opposite: some gave none, or did not know.
caveat: >-
  Only answers whose 95% interval lies on one side of half. It takes those who answered for a chance sample of staff,
  which they are not. An answer that few give says nothing of how many think the opposite: of 38 staff, 17 said that
  access to promotion is equal, seven that it is not, and 14 did not know.
chart:
  kind: intervals
  title: Answers given by most or by few of the staff surveyed
  panel: body
  label: what
columns:
  what: Answer
  k: Gave it
  yes_pct: {head: Share (%), cite: citation_id}
*/
with answers as (
    select
        inspections.organisation_name as body,
        figures.description as what,
        cast(figures.numerator_n as integer) as k,
        figures.denominator_n as n,
        figures.share_pct_low_95 as low_95,
        figures.share_pct_high_95 as high_95,
        figures.inspection_id,
        figures.citation_id
    from fct_reported_figure as figures
    inner join dim_inspection as inspections on figures.inspection_id = inspections.inspection_id
    where
        figures.population_id = 'staff_survey'
        and figures.polarity <> 'neutral'
        and figures.numerator_n is not null
        and lower(figures.description) not like '%not often, equal%'
    qualify
        row_number() over (
            partition by
                coalesce(figures.fact_key, concat(figures.inspection_id, figures.description)), figures.polarity
            order by figures.citation_id
        ) = 1
)

select
    body,
    what,
    k,
    n,
    round(100.0 * k / n, 0) as yes_pct,
    round(low_95, 0) as low_95,
    round(high_95, 0) as high_95,
    inspection_id,
    citation_id
from answers
where answers.low_95 > 50 or answers.high_95 < 50
order by body asc, yes_pct desc, what asc
