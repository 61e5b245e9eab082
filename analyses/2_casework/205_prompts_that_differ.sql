/*
question: >-
  On which single things do two PDUs differ most?
asked_by: Heads of PDUs who look for a neighbour to learn from
answer: >-
  TO BE WRITTEN
caveat: >-
  Only prompts whose 95% interval of the difference leaves out zero: of some sixty compared, three would by chance
  alone. sure_of_all says whether it still does when it is widened so that all of them together are 95% sure
  (Bonferroni). Court work rests on few reports.
*/
with pairs as (
    select
        questions.question_id,
        questions.question_text as prompt,
        one_body.organisation_name as body,
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
    round(lows[1], 0) as difference_low_95,
    round(highs[1], 0) as difference_high_95,
    lows[2] > 0 or highs[2] < 0 as sure_of_all
from intervals
where lows[1] > 0 or highs[1] < 0
order by abs(yes_pct - other_pct) desc, question_id
limit 15
