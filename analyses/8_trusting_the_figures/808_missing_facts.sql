/*
question: >-
  Which facts about an inspection are missing?
asked_by: Analysts
answer: >-
  TO BE WRITTEN
caveat: >-
  Dates, sample sizes and scores over all inspections held here. not_applicable means that the framework has no such
  thing, which is no gap. The inspection of 2005 is known only from what the follow-up reprints.
*/
select
    replace(facts.fact, '_', ' ') as fact,
    sum(case when facts.value_status = 'reported' then 1 else 0 end) as reported_n,
    sum(case when facts.value_status = 'not_applicable' then 1 else 0 end) as not_applicable_n,
    sum(case when facts.value_status not in ('reported', 'not_applicable') then 1 else 0 end) as missing_n,
    string_agg(
        case when facts.value_status not in ('reported', 'not_applicable') then facts.inspection_id end, '; '
        order by facts.inspection_id
    ) as missing_from
from fct_inspection_fact as facts
group by facts.fact
having sum(case when facts.value_status not in ('reported', 'not_applicable') then 1 else 0 end) > 0
order by missing_n desc, fact asc
