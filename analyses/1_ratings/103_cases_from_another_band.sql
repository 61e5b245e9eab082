/*
question: How many cases was each standard away from another band?
asked_by: Heads of PDUs
answer: >-
  [% set known = rows | rejectattr("short_n", "none") | sort(attribute="short_n") | list %] [% if known %][% set
  near = known | selectattr("short_n", "equalto", known[0].short_n) | list %][% set far = known |
  selectattr("short_n", "equalto", known[-1].short_n) | list %]Closest to a better band by the percentages, if all
  were judged, [[ known[0].short_n | count("sufficient case or court report", "sufficient cases or court reports")
  ]] short: [[ near | map(attribute="standard_of_body") | listed ]]. Farthest, [[ known[-1].short_n | count("case or
  court report", "cases or court reports") ]] short: [[ far | map(attribute="standard_of_body") | listed ]].[% else
  %]No standard here has a better band and a base.[% endif %]
caveat: >-
  Every key question in the lowest band has to rise for the standard to rise, and one case may count for several of
  them: so the number short is the least number of cases, reached only if the same cases serve all. The number to
  spare is how many fewer would have sufficed for the band below. Empty where there is no such band or no base. The
  band is that of the percentages, which discretion moved in three ratings (question 105). The counts take it that
  all inspected cases were judged.
columns:
  standard_of_body: hidden
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
    concat(
        questions.organisation_name, ' at ', lower(questions.standard_name), ' (', lowest.band, ')'
    ) as standard_of_body,
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
