/*
question: Which PDU is weakest at keeping people safe, how sure is that, and where is it printed?
asked_by: Heads of PDUs, journalists
answer: >-
  [% set worst = rows | min(attribute="yes_pct") %] [[ worst.body ]], at [[ worst.stage | lower ]]: enough was done
  for the safety of other people in [[ cite(worst.yes_pct | pct, worst.citation_id) ]] [[ worst | of_cases ]]. [% if
  worst.lower_than %]That is lower than in [[ worst.lower_than ]] by more than chance explains: the 95% interval of
  the difference leaves out zero.[% else %]Chance may explain why it is lower than in the others.[% endif %] Printed
  on [[ worst.printed ]].
caveat: >-
  It depends on the stage of casework. Many pairs are compared here, and one in twenty would leave out zero by chance
  alone: question 701 says which differences remain after an allowance for their number. The interval takes it that
  all inspected cases were judged.
chart:
  kind: intervals
  title: Share of inspected cases in which enough was done for the safety of other people
  panel: stage
  bands: true
  note: "Line: 95% interval."
columns:
  yes_pct: {head: Judged sufficient (%), cite: citation_id}
  lower_than: Lower by more than chance explains than in
  printed: Printed on
*/
with differences as (
    select
        pairs.later_inspection_id as inspection_id,
        pairs.later_question_id as question_id,
        concat(others.organisation_name, ' ', others.inspection_year) as other_name
    from rpt_key_question_comparison as pairs
    inner join dim_inspection as others on pairs.earlier_inspection_id = others.inspection_id
    where pairs.comparable = 'exact' and pairs.difference_high_95 < 0
    union all
    select
        pairs.earlier_inspection_id as inspection_id,
        pairs.earlier_question_id as question_id,
        concat(others.organisation_name, ' ', others.inspection_year) as other_name
    from rpt_key_question_comparison as pairs
    inner join dim_inspection as others on pairs.later_inspection_id = others.inspection_id
    where pairs.comparable = 'exact' and pairs.difference_low_95 > 0
),

lower_than as (
    select
        inspection_id,
        question_id,
        string_agg(other_name, ' and ' order by other_name) as other_names
    from differences
    group by inspection_id, question_id
)

select
    questions.standard_name as stage,
    questions.organisation_name as body,
    questions.yes_pct,
    questions.cases_n,
    round(questions.yes_pct_low_95, 0) as low_95,
    round(questions.yes_pct_high_95, 0) as high_95,
    lower_than.other_names as lower_than,
    concat(
        case when citations.page_number is null then 'one of pages ' else 'page ' end,
        coalesce(
            cast(citations.page_number as varchar), concat(citations.page_from, ' to ', citations.page_to)
        ),
        ', table ', citations.table_name, ', row ', citations.row_number
    ) as printed,
    questions.inspection_id,
    questions.citation_id
from rpt_key_question as questions
inner join dim_citation as citations on questions.citation_id = citations.citation_id
left join lower_than
    on questions.inspection_id = lower_than.inspection_id and questions.question_id = lower_than.question_id
where questions.organisation_type = 'pdu' and questions.topic_name = 'Safety of other people'
order by questions.question_id, questions.yes_pct, questions.inspection_id
