/*
question: How many cases was each standard away from another band?
asked_by: Heads of PDUs
answer: >-
  [% set known = rows | rejectattr("short_n", "none") | sort(attribute="short_n") | list %] [% if known %]Closest to a
  better band was [[ known[0].body ]] at [[ known[0].standard | lower ]], rated by the band [[ known[0].band ]]: [[
  known[0].short_n | count("more sufficient " ~ (known[0] | noun)) ]] would have lifted it. The farthest was [[
  known[-1].body ]] at [[ known[-1].standard | lower ]], [[ known[-1].short_n | count(known[-1] | noun) ]] short. [%
  else %]No standard here has a better band and a printed base.[% endif %]
caveat: >-
  Every key question in the lowest band has to rise for the standard to rise, and one case may count for several of
  them: so the number short is the least number of cases, reached only if the same cases serve all. The number to
  spare is how many fewer would have sufficed for the band below. Empty where there is no such band or no base. The
  counts take it that all inspected cases were judged.
columns:
  key_questions_in_band_n: Key questions in that band
  short_n: Cases short of the next band
  spare_n: Cases to spare
*/
with lowest as (
    select distinct
        inspection_id,
        framework_id,
        standard_name,
        band
    from rpt_key_question
    where is_driver
)

select
    questions.organisation_name as body,
    questions.standard_name as standard,
    lowest.band,
    count(*) as key_questions_in_band_n,
    max(questions.cases_n) as cases_n,
    case when count(questions.cases_n) = count(*) then max(questions.cases_to_next_band) end as short_n,
    min(case when facts.is_driver then facts.cases_to_band_below end) - 1 as spare_n,
    questions.inspection_id
from rpt_key_question as questions
inner join fct_key_question as facts
    on questions.inspection_id = facts.inspection_id and questions.question_id = facts.question_id
inner join lowest
    on
        questions.inspection_id = lowest.inspection_id
        and questions.standard_name = lowest.standard_name
        and questions.band = lowest.band
group by
    questions.inspection_year, questions.inspection_id, questions.organisation_name, facts.standard_id,
    questions.standard_name, lowest.band
order by questions.inspection_year desc, questions.inspection_id asc, facts.standard_id asc
