/*
question: Are the annexe's percentages shares of all inspected cases, other than the annexe says?
asked_by: Statisticians, anyone who calculates with prompts
answer: >-
  [% set rest = rows | selectattr("prompt_is_said_to", "equalto", "does not apply to every case") | list %] [% if
  rest | selectattr("possible_pct", "gt", 50) | list | length == rest | length %]Mostly, by the arithmetic.[% endif
  %] [% for row in rest %]In [[ row.body ]] [[ row.possible_pct | pct ]] of the prompts that need not apply to every
  case are possible as shares of all [[ row.cases_inspected ]]; by luck [[ row.by_luck_pct | pct ]] would be. [%
  endfor %]
caveat: >-
  If a prompt were a share of fewer cases, its percentage would be possible for all cases only by luck: the last
  column is that luck, the share of the whole percentages from 0 to 100 that some count of all cases rounds to. The
  gap between the two is the evidence; it is strong only where luck is well below 100.
columns:
  prompt_is_said_to: The prompt is said to apply to
  possible_n: Possible of all cases
  by_luck_pct: Possible by luck (%)
*/
with counts as (
    select
        inspection_id,
        100.0 * unnest(range(0, cases_inspected + 1)) / cases_inspected as exact_pct
    from dim_inspection
),

rounded as (
    select
        inspection_id,
        round(exact_pct, 0) as pct
    from counts
    union
    select
        inspection_id,
        round_even(exact_pct, 0) as pct
    from counts
),

luck as (
    select
        inspection_id,
        100.0 * count(*) / 101 as by_luck_pct
    from rounded
    group by inspection_id
)

select
    inspections.organisation_name as body,
    inspections.cases_inspected,
    case
        when prompts.post_custody_only then 'post-custody cases only'
        when prompts.not_in_every_case or prompts.excludes_unpaid_work_only then 'does not apply to every case'
        else 'applies to every case'
    end as prompt_is_said_to,
    count(*) as prompts_n,
    sum(case when prompts.denominator_basis = 'all_cases' then 1 else 0 end) as possible_n,
    round(
        100.0 * sum(case when prompts.denominator_basis = 'all_cases' then 1 else 0 end) / count(*), 0
    ) as possible_pct,
    round(max(luck.by_luck_pct), 0) as by_luck_pct
from fct_prompt as prompts
inner join dim_inspection as inspections on prompts.inspection_id = inspections.inspection_id
inner join dim_standard as standards on prompts.standard_id = standards.standard_id
inner join luck on prompts.inspection_id = luck.inspection_id
where standards.standard_name <> 'Court work'
group by body, inspections.cases_inspected, prompt_is_said_to
order by by_luck_pct, body, prompt_is_said_to
