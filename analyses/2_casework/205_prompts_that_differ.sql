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
  Only prompts whose 95% interval of the difference leaves out zero: of some sixty compared, three would by chance
  alone. The last column says whether it still does when all of them together are given 95% (Bonferroni). Court work
  rests on few reports.
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
        [95, 100 - 5.0 / count(*) over ()] as confidences
    from fct_prompt as one
    inner join fct_prompt as other
        on one.question_id = other.question_id and one.inspection_id > other.inspection_id
    inner join dim_question as questions on one.question_id = questions.question_id
    inner join dim_inspection as one_body on one.inspection_id = one_body.inspection_id
    inner join dim_inspection as other_body on other.inspection_id = other_body.inspection_id
    where one.denominator_basis = 'all_cases' and other.denominator_basis = 'all_cases'
),

intervals as (
    select
        *,
        list_transform(
            confidences, lambda confidence: newcombe_low(yes_n, cases_n, other_n, other_cases_n, confidence)
        ) as lows,
        list_transform(
            confidences, lambda confidence: newcombe_high(yes_n, cases_n, other_n, other_cases_n, confidence)
        ) as highs
    from pairs
)

select
    prompt,
    body,
    yes_pct,
    other_body,
    other_pct,
    yes_pct - other_pct as difference,
    round(lows[1], 0) as low_95,
    round(highs[1], 0) as high_95,
    lows[2] > 0 or highs[2] < 0 as remains_of_all,
    true as is_difference,
    inspection_id,
    other_body_inspection_id,
    yes_pct_citation_id,
    other_pct_citation_id
from intervals
where lows[1] > 0 or highs[1] < 0
order by abs(yes_pct - other_pct) desc, question_id, inspection_id asc, other_body_inspection_id asc
limit 15
