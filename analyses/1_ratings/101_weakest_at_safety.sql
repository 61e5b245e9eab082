/*
question: >-
  Which PDU is weakest at keeping people safe, how sure can one be, and where is that printed?
asked_by: Heads of PDUs, journalists
answer: >-
  TO BE WRITTEN
caveat: >-
  It depends on the stage of casework. A PDU is surely behind another only where the 95% interval of their difference
  leaves out zero (column behind_n counts those). Four questions are compared over every pair, so an interval that
  only just leaves out zero proves little.
*/
with differences as (
    select
        later_inspection_id as inspection_id,
        later_question_id as question_id
    from rpt_key_question_comparison
    where comparable = 'exact' and difference_high_95 < 0
    union all
    select
        earlier_inspection_id as inspection_id,
        earlier_question_id as question_id
    from rpt_key_question_comparison
    where comparable = 'exact' and difference_low_95 > 0
),

behind as (
    select
        inspection_id,
        question_id,
        count(*) as behind_n
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
    coalesce(behind.behind_n, 0) as behind_n,
    concat(
        'pages ', citations.page_from, ' to ', citations.page_to, ', table ', citations.table_name,
        ', row ', citations.row_number
    ) as printed
from rpt_key_question as questions
inner join dim_citation as citations on questions.citation_id = citations.citation_id
left join behind
    on questions.inspection_id = behind.inspection_id and questions.question_id = behind.question_id
where questions.organisation_type = 'pdu' and questions.topic_name = 'Safety of other people'
order by questions.question_id, questions.yes_pct
