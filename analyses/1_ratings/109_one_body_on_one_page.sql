/*
question: How did each body do, in one line?
asked_by: Everybody in a hurry
answer: >-
  [% for row in rows %][[ row.body ]]: [[ cite(row.rating, row.citation_id) ]][% if row.score %], [[ row.score ]][%
  endif %]; highest on [[ row.strongest ]]; lowest on [[ row.weakest ]]. [% endfor %]
caveat: >-
  Highest and lowest are single key questions of casework with few cases; chance has its part in which they are.
  The page of each inspection has the intervals, staffing, recommendations and contradictions.
columns:
  rating: {head: Overall rating, cite: citation_id}
  strongest: Highest key question
  weakest: Lowest key question
  officer_vacancies_pct: Vacancies, probation officers (%)
  officer_caseload: Caseload per probation officer
*/
with named as (
    select
        inspection_id,
        min(question_id) as question_id,
        yes_pct,
        concat(
            lower(standard_name),
            case when standard_name <> topic_name then concat(', ', lower(topic_name)) end,
            case when count(*) > 1 then concat(' (', count(*), ' key questions)') end,
            ': ', cast(round(yes_pct, 0) as integer), '%'
        ) as key_question
    from rpt_key_question
    where standard_name <> 'Outcomes'
    group by inspection_id, standard_name, topic_name, yes_pct
),

-- Where several tie, all are named.
ranked as (
    select
        inspection_id,
        string_agg(key_question, ' and ' order by question_id) as key_question,
        row_number() over (partition by inspection_id order by yes_pct desc) as from_top,
        row_number() over (partition by inspection_id order by yes_pct asc) as from_bottom
    from named
    group by inspection_id, yes_pct
)

select
    scorecards.organisation_name as body,
    scorecards.inspection_year as year,
    scorecards.overall_rating as rating,
    case when scorecards.score is not null then concat(scorecards.score, ' of ', scorecards.score_max) end as score,
    strongest.key_question as strongest,
    weakest.key_question as weakest,
    scorecards.cases_inspected as cases_n,
    scorecards.vacancy_rate_po_pct as officer_vacancies_pct,
    scorecards.average_caseload_po as officer_caseload,
    scorecards.discrepancies_n as findings_n,
    scorecards.inspection_id,
    scorecards.citation_id
from rpt_scorecard as scorecards
inner join ranked as strongest on scorecards.inspection_id = strongest.inspection_id and strongest.from_top = 1
inner join ranked as weakest on scorecards.inspection_id = weakest.inspection_id and weakest.from_bottom = 1
where scorecards.overall_rating is not null
order by scorecards.inspection_year desc, scorecards.score desc, scorecards.inspection_id asc
