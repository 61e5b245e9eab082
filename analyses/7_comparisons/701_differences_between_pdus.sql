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
  Only pairs whose 95% interval of the difference leaves out zero are shown; one in twenty of all pairs would by
  chance alone. Rely on those that remain after the allowance for the number of pairs (Holm). No list of best and
  worst can be made of this.
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
  other_pct: Judged sufficient there (%)
  other_less_body: Other less body (points)
  low_95: 95% interval of the difference
  remains_of_all: Remains after an allowance for all
  all_comparisons_n: hidden
*/
select
    later.standard_name as stage,
    later.topic_name as topic,
    earlier.organisation_name as body,
    pairs.earlier_yes_pct as yes_pct,
    later.organisation_name as other_body,
    pairs.later_yes_pct as other_pct,
    pairs.difference_points as other_less_body,
    round(pairs.difference_low_95, 0) as low_95,
    round(pairs.difference_high_95, 0) as high_95,
    pairs.is_distinguishable_in_all as remains_of_all,
    true as is_difference,
    concat(later.topic_name, ': ', later.organisation_name, ' less ', earlier.organisation_name) as pair,
    pairs.earlier_inspection_id as inspection_id,
    pairs.later_inspection_id as other_body_inspection_id,
    pairs.earlier_citation_id as yes_pct_citation_id,
    pairs.later_citation_id as other_pct_citation_id,
    pairs.all_comparisons_n
from rpt_key_question_comparison as pairs
inner join rpt_key_question as earlier
    on
        pairs.earlier_inspection_id = earlier.inspection_id
        and pairs.earlier_question_id = earlier.question_id
inner join rpt_key_question as later
    on
        pairs.later_inspection_id = later.inspection_id
        and pairs.later_question_id = later.question_id
where pairs.comparable = 'exact' and pairs.is_distinguishable
order by pairs.later_question_id asc, abs(pairs.difference_points) desc, body asc, other_body asc
