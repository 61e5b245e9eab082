/*
question: >-
  How often was work before release from prison good enough?
asked_by: Resettlement leads, prisons
answer: >-
  TO BE WRITTEN
caveat: >-
  The annexe heads these prompts as for post-custody cases only. fits_all and fits_post_release say whether its
  percentage is possible as a share of all inspected or of the post-release cases: some are possible as neither. The
  text gives other figures for the same prompts. Read both before quoting any of them.
*/
with printed as (
    select
        prompts.inspection_id,
        prompts.question_id,
        'annexe' as place,
        questions.question_text as what,
        prompts.yes_pct as pct,
        prompts.yes_n as k,
        prompts.cases_n as n
    from fct_prompt as prompts
    inner join dim_question as questions on prompts.question_id = questions.question_id
    where prompts.post_custody_only
    union all
    select
        inspection_id,
        question_id,
        'text' as place,
        description as what,
        value_pct as pct,
        cast(numerator_n as integer) as k,
        denominator_n as n
    from fct_reported_figure
    where question_id like 'pdu_2021.2.4.4.%'
)

select
    inspections.organisation_name as body,
    printed.place,
    printed.what,
    printed.pct,
    printed.k,
    printed.n,
    case
        when printed.place = 'annexe' then len(possible_counts(printed.pct, inspections.cases_inspected)) > 0
    end as fits_all,
    case
        when printed.place = 'annexe' then len(possible_counts(printed.pct, inspections.post_release_cases)) > 0
    end as fits_post_release
from printed
inner join dim_inspection as inspections on printed.inspection_id = inspections.inspection_id
order by printed.inspection_id, printed.question_id, printed.place, printed.what
