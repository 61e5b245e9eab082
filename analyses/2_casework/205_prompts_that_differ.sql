/*
question: On which single things do two PDUs differ most?
asked_by: Heads of PDUs who look for a neighbour to learn from
answer: >-
  [% set kept = rows | selectattr("remains_of_all") | list %] Most on “[[ first.prompt ]]”: [[ cite(first.yes_pct |
  pct, first.yes_pct_citation_id) ]] in [[ first.body ]] against [[ cite(first.other_pct | pct,
  first.other_pct_citation_id) ]] in [[ first.other_body ]]. [% if kept %][[ kept | length ]] of the [[ rows | length
  ]] differences shown [[ "remains" if kept | length == 1 else "remain" ]] after an allowance for the number of
  comparisons.[% else %]After an allowance for the number of comparisons, chance may explain each of the differences
  shown.[% endif %]
caveat: >-
  Only prompts whose 95% interval of the difference leaves out zero; one in twenty of all compared would by chance
  alone. The last column says whether a difference remains after an allowance for the number of prompts compared
  (Holm). The bases are all inspected cases or reports, if all were judged; court work rests on few reports.
chart:
  kind: differences
  title: Prompts on which two PDUs differ most, in percentage points
  value: difference
  label: prompt
  filled: remains_of_all
  note: "Line: 95% interval of the difference. Filled: it remains after an allowance for the number of comparisons."
columns:
  yes_pct: Share (%)
  other_pct: Its share (%)
  difference: Difference (points)
  low_95: 95% interval of the difference
  remains_of_all: Remains after an allowance for all
*/
with pairs as (
    select
        questions.question_id,
        questions.question_text as prompt,
        one_body.organisation_name as body,
        one.inspection_id,
        other.inspection_id as other_body_inspection_id,
        one.citation_id as yes_pct_citation_id,
        other.citation_id as other_pct_citation_id,
        one.yes_pct,
        other_body.organisation_name as other_body,
        other.yes_pct as other_pct,
        one.yes_n,
        one.cases_n,
        other.yes_n as other_n,
        other.cases_n as other_cases_n,
        (one.yes_n + other.yes_n) / (one.cases_n + other.cases_n) as pooled
    from fct_prompt as one
    inner join fct_prompt as other
        on one.question_id = other.question_id and one.inspection_id > other.inspection_id
    inner join dim_question as questions on one.question_id = questions.question_id
    inner join dim_inspection as one_body on one.inspection_id = one_body.inspection_id
    inner join dim_inspection as other_body on other.inspection_id = other_body.inspection_id
    where one.denominator_basis = 'all_cases' and other.denominator_basis = 'all_cases'
),

ranked as (
    select
        *,
        newcombe_low(yes_n, cases_n, other_n, other_cases_n, 95) as low,
        newcombe_high(yes_n, cases_n, other_n, other_cases_n, 95) as high,
        count(*) over () as pairs_n,
        row_number() over (
            order by
                abs(yes_n / cases_n - other_n / other_cases_n)
                / nullif(sqrt(pooled * (1 - pooled) * (1 / cases_n + 1 / other_cases_n)), 0) desc nulls last,
                question_id asc, inspection_id asc, other_body_inspection_id asc
        ) as place
    from pairs
),

-- Holm: the first of m differences at 5/m per cent, the next at 5/(m - 1), and so on until one does not leave out zero.
allowed as (
    select
        *,
        newcombe_low(yes_n, cases_n, other_n, other_cases_n, 100 - 5.0 / (pairs_n - place + 1)) > 0
        or newcombe_high(yes_n, cases_n, other_n, other_cases_n, 100 - 5.0 / (pairs_n - place + 1)) < 0 as is_kept
    from ranked
)

select
    prompt,
    body,
    yes_pct,
    other_body,
    other_pct,
    yes_pct - other_pct as difference,
    round(low, 0) as low_95,
    round(high, 0) as high_95,
    bool_and(is_kept) over (order by place) as remains_of_all,
    true as is_difference,
    inspection_id,
    other_body_inspection_id,
    yes_pct_citation_id,
    other_pct_citation_id
from allowed
qualify low > 0 or high < 0
order by abs(yes_pct - other_pct) desc, question_id asc, inspection_id asc, other_body_inspection_id asc
limit 15
