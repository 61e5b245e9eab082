/*
question: On which key questions do PDUs differ by more than chance explains?
asked_by: Journalists, heads of PDUs
answer: >-
  [% set kept = rows | selectattr("remains_of_all") | list %] [[ rows | length | count("difference") | capitalize ]]
  [[ "has" if rows | length == 1 else "have" ]] a 95% interval that leaves out zero; [[ kept | length | count ]] [[
  "remains" if kept | length == 1 else "remain" ]] after an allowance for the number of pairs compared[% if kept %]:
  [% for row in kept %][[ row | question_name ]], [[ cite(row.yes_pct | pct, row.yes_pct_citation_id) ]] in [[
  row.body ]] against [[ cite(row.other_pct | pct, row.other_pct_citation_id) ]] in [[ row.other_body ]][[ "; " if not
  loop.last ]][% endfor %][% endif %].
caveat: >-
  Only pairs whose 95% interval of the difference leaves out zero are shown; of some forty pairs two would by chance
  alone. Rely on those that remain after the allowance. No list of best and worst can be made of this.
chart:
  kind: differences
  title: Differences between PDUs whose 95% interval leaves out zero, in percentage points
  value: other_less_body
  label: pair
  group: stage
  filled: remains_of_all
  note: "Line: 95% interval. Filled: it remains after an allowance for all pairs."
columns:
  pair: hidden
  yes_pct: Judged sufficient (%)
  other_body: Other body
  other_pct: Judged sufficient there (%)
  other_less_body: Other less body (points)
  low_95: 95% interval of the difference
  remains_of_all: Remains after an allowance for all
*/
with pairs as (
    select
        comparisons.*,
        case when comparisons.difference_points > 0 then later.yes_n else earlier.yes_n end as higher_yes_n,
        case when comparisons.difference_points > 0 then later.cases_n else earlier.cases_n end as higher_cases_n,
        case when comparisons.difference_points > 0 then earlier.yes_n else later.yes_n end as lower_yes_n,
        case when comparisons.difference_points > 0 then earlier.cases_n else later.cases_n end as lower_cases_n,
        later.standard_name,
        later.topic_name,
        earlier.organisation_name as earlier_body,
        later.organisation_name as later_body,
        100 - 5.0 / count(*) over () as widened
    from rpt_key_question_comparison as comparisons
    inner join rpt_key_question as earlier
        on
            comparisons.earlier_inspection_id = earlier.inspection_id
            and comparisons.earlier_question_id = earlier.question_id
    inner join rpt_key_question as later
        on
            comparisons.later_inspection_id = later.inspection_id
            and comparisons.later_question_id = later.question_id
    where comparisons.comparable = 'exact'
)

select
    standard_name as stage,
    topic_name as topic,
    earlier_body as body,
    earlier_yes_pct as yes_pct,
    later_body as other_body,
    later_yes_pct as other_pct,
    difference_points as other_less_body,
    round(difference_low_95, 0) as low_95,
    round(difference_high_95, 0) as high_95,
    newcombe_low(higher_yes_n, higher_cases_n, lower_yes_n, lower_cases_n, widened) > 0 as remains_of_all,
    true as is_difference,
    concat(topic_name, ': ', later_body, ' less ', earlier_body) as pair,
    earlier_inspection_id as inspection_id,
    later_inspection_id as other_body_inspection_id,
    earlier_citation_id as yes_pct_citation_id,
    later_citation_id as other_pct_citation_id
from pairs
where is_distinguishable
order by later_question_id ASC, abs(difference_points) desc, earlier_body asc, later_body asc
