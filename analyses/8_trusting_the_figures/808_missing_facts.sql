/*
question: Which facts about an inspection are missing?
asked_by: Analysts
answer: >-
  Most often [[ first.fact | lower_first ]]: missing from [[ first.missing_n | count("inspection") ]]. For [[ rows |
  length | count("fact") ]] at least one inspection prints nothing.
caveat: >-
  Dates, sample sizes and scores over all inspections held here. Not applicable means that the framework has no such
  thing, which is no gap. The inspection of 2005 is known only from what the follow-up reprints. Where only one sample
  window was drawn, a second one is not missing.
columns:
  reported_n: Printed by
  missing_n: Missing from
  missing_from: Which
*/
with known as (
    select
        facts.*,
        concat(inspections.organisation_name, ' ', inspections.inspection_year) as inspection
    from fct_inspection_fact as facts
    inner join dim_inspection as inspections on facts.inspection_id = inspections.inspection_id
)

select
    concat(upper(fact[1]), replace(fact[2:], '_', ' ')) as fact,
    sum(case when value_status = 'reported' then 1 else 0 end) as reported_n,
    sum(case when value_status = 'not_applicable' then 1 else 0 end) as not_applicable_n,
    sum(case when value_status not in ('reported', 'not_applicable') then 1 else 0 end) as missing_n,
    string_agg(
        case when value_status not in ('reported', 'not_applicable') then inspection end, '; ' order by inspection
    ) as missing_from
from known
where fact not like 'sample\_2%' escape '\'
group by known.fact
having sum(case when value_status not in ('reported', 'not_applicable') then 1 else 0 end) > 0
order by missing_n desc, fact asc
