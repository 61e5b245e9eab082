/*
question: Were people on probation seen often enough, and visited at home?
asked_by: Heads of PDUs, journalists
answer: >-
  [% set annexe = rows | selectattr("place", "equalto", "annexe") | rejectattr("pct", "none") | sort(attribute="pct")
  | list %] [% if annexe %]Lowest in the annexes is “[[ annexe[0].what ]]”: [[ cite(annexe[0].printed,
  annexe[0].citation_id) ]] in [[ annexe[0].body ]]; highest is “[[ annexe[-1].what ]]”: [[ cite(annexe[-1].printed,
  annexe[-1].citation_id) ]] in [[ annexe[-1].body ]].[% else %]Only running text prints it, [[ rows | length ]]
  times.[% endif %]
caveat: >-
  Annexe figures count what was done; figures of the text mostly count what was lacking, of another base, so the two
  need not add up to 100 (question 804). Home visits are judged where they were necessary, but the base is not
  printed and taken as all inspected cases.
chart:
  kind: intervals
  title: Contact and home visits, share of cases in which they were sufficient (annexes)
  value: pct
  panel: body
  label: what
  only: {place: annexe}
columns:
  place: Printed in
  pct: Share, if no hedge is printed (%)
*/
with printed as (
    select
        prompts.inspection_id,
        'annexe' as place,
        questions.question_text as what,
        'success' as polarity,
        citations.as_printed,
        prompts.yes_pct as pct,
        prompts.cases_n as n,
        prompts.base_basis,
        prompts.yes_pct_low_95 as low_95,
        prompts.yes_pct_high_95 as high_95,
        prompts.citation_id
    from fct_prompt as prompts
    inner join dim_question as questions on prompts.question_id = questions.question_id
    inner join dim_citation as citations on prompts.citation_id = citations.citation_id
    where
        not prompts.post_custody_only
        and (lower(questions.question_text) like '%contact%' or lower(questions.question_text) like '%home visit%')
    union all
    select
        inspection_id,
        'text' as place,
        description as what,
        polarity,
        as_stated as as_printed,
        case
            when hedge is null or hedge = 'only' then coalesce(value_pct, round(100 * numerator_n / denominator_n, 0))
        end as pct,
        base_n as n,
        base_basis,
        share_pct_low_95 as low_95,
        share_pct_high_95 as high_95,
        citation_id
    from fct_reported_figure
    where
        population_id = 'inspected_cases'
        and polarity <> 'neutral'
        and (value_pct is not null or denominator_n is not null)
        and lower(description) not like '%before release%'
        and (
            lower(description) like '%contact%'
            or lower(description) like '%home visit%'
            or lower(description) like '%seen too seldom%'
        )
)

select
    inspections.organisation_name as body,
    printed.place,
    printed.what,
    case printed.polarity when 'success' then 'what was done' else 'what was lacking' end as counts,
    printed.as_printed as printed,
    printed.pct,
    printed.n,
    printed.base_basis,
    round(printed.low_95, 0) as low_95,
    round(printed.high_95, 0) as high_95,
    printed.inspection_id,
    printed.citation_id
from printed
inner join dim_inspection as inspections on printed.inspection_id = inspections.inspection_id
order by printed.place asc, inspections.inspection_year desc, printed.inspection_id asc, printed.citation_id asc
