/*
question: Which PDU is weakest at keeping people safe, how sure is that, and where is it printed?
asked_by: Heads of PDUs, journalists
answer: >-
  [% set worst = rows | min(attribute="yes_pct") %] [[ worst.body ]], at [[ worst.stage | lower ]]: enough was done
  for the safety of other people in [[ cite(worst.yes_pct | pct, worst.citation_id) ]] [[ worst | of_cases ]]. [% if
  worst.lower_than %]That is lower than in [[ worst.lower_than ]] by more than chance explains, with an allowance for
  all the differences between PDUs that are looked at[% if worst.lower_than_n < worst.others_n %]; chance may explain
  the difference from [[ (worst.others_n - worst.lower_than_n) | count("other") ]][% endif %].[% elif worst.others_n
  %]Chance may explain why it is lower than in the others.[% endif %] Printed on [[ worst.printed ]].
caveat: >-
  It depends on the stage of casework. The allowance (Holm's) is for all pairs of PDUs on all key questions; question
  701 shows the differences.
chart:
  kind: intervals
  title: Share of inspected cases in which enough was done for the safety of other people
  panel: stage
  bands: true
  note: "Line: 95% interval."
columns:
  yes_pct: {head: Judged sufficient (%), cite: citation_id}
  lower_than: Lower by more than chance explains than in
  lower_than_n: hidden
  others_n: hidden
  printed: Printed on
*/
with differences as (
    select
        later_inspection_id as inspection_id,
        later_question_id as question_id,
        earlier_inspection_id as other_id,
        is_distinguishable_in_all and difference_points < 0 as is_lower
    from rpt_key_question_comparison
    where comparable = 'exact'
    union all
    select
        earlier_inspection_id as inspection_id,
        earlier_question_id as question_id,
        later_inspection_id as other_id,
        is_distinguishable_in_all and difference_points > 0 as is_lower
    from rpt_key_question_comparison
    where comparable = 'exact'
),

compared as (
    select
        differences.inspection_id,
        differences.question_id,
        count(*) as others_n,
        count(case when differences.is_lower then 1 end) as lower_than_n,
        string_agg(
            case when differences.is_lower then concat(others.organisation_name, ' ', others.inspection_year) end,
            ' and ' order by others.organisation_name, others.inspection_year
        ) as other_names
    from differences
    inner join dim_inspection as others on differences.other_id = others.inspection_id
    group by differences.inspection_id, differences.question_id
)

select
    questions.standard_name as stage,
    questions.organisation_name as body,
    questions.yes_pct,
    questions.cases_n,
    questions.base_basis,
    round(questions.yes_pct_low_95, 0) as low_95,
    round(questions.yes_pct_high_95, 0) as high_95,
    compared.other_names as lower_than,
    compared.lower_than_n,
    compared.others_n,
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
left join compared
    on questions.inspection_id = compared.inspection_id and questions.question_id = compared.question_id
where questions.organisation_type = 'pdu' and questions.topic_name = 'Safety of other people'
order by questions.question_id, questions.yes_pct, questions.inspection_id
