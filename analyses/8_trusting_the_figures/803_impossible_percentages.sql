/*
question: Which printed percentages are impossible for their base?
asked_by: Statisticians, editors of reports
answer: >-
  [% set annexe = rows | selectattr("place", "equalto", "annexe") | list %] [[ annexe | length | count("percentage") |
  capitalize ]] of the annexes and [[ (rows | length) - (annexe | length) ]] of running text: no whole number of the
  cases inspected, or of the people asked, rounds to them. [% if annexe %]One is [[ cite(annexe[0].printed,
  annexe[0].citation_id) ]] of [[ annexe[0].stated_n ]] cases ([[ annexe[0].body ]]).[% endif %]
caveat: >-
  No whole number of cases or people rounds to the percentage, by either way of rounding. For a prompt that means that
  cases were left out (one about post-custody cases may rest on those alone); the last column bounds the true base
  from above. In the text it can also mean a misprint, or that some of those asked did not answer.
columns:
  place: Printed in
  stated_n: Of how many
  largest_possible_n: Largest base possible
*/
select
    inspections.organisation_name as body,
    'annexe' as place,
    questions.question_text as what,
    citations.as_printed as printed,
    case when standards.standard_name = 'Court work' then 'court reports' else 'inspected cases' end as stated_base,
    case
        when standards.standard_name = 'Court work' then inspections.court_reports_inspected
        else inspections.cases_inspected
    end as stated_n,
    prompts.largest_possible_cases_n as largest_possible_n,
    prompts.inspection_id,
    prompts.citation_id
from fct_prompt as prompts
inner join dim_inspection as inspections on prompts.inspection_id = inspections.inspection_id
inner join dim_question as questions on prompts.question_id = questions.question_id
inner join dim_standard as standards on prompts.standard_id = standards.standard_id
inner join dim_citation as citations on prompts.citation_id = citations.citation_id
where prompts.yes_n_status = 'impossible'
union all
select
    inspections.organisation_name as body,
    'text' as place,
    figures.description as what,
    figures.as_stated as printed,
    replace(figures.population_id, '_', ' ') as stated_base,
    coalesce(sizes.value_n, figures.denominator_n) as stated_n,
    figures.largest_possible_base_n as largest_possible_n,
    figures.inspection_id,
    figures.citation_id
from fct_reported_figure as figures
inner join dim_inspection as inspections on figures.inspection_id = inspections.inspection_id
left join fct_inspection_fact as sizes
    on figures.inspection_id = sizes.inspection_id and figures.base_citation_id = sizes.citation_id
where figures.count_n_status = 'impossible'
order by place, body, what, printed, citation_id
