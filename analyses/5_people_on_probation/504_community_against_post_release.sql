/*
question: Do community cases and post-release cases fare differently?
asked_by: Heads of PDUs, resettlement leads
answer: >-
  [% set pairs = namespace(n=0) %][% for row in rows if row.subject and row.cases_of == "community cases" %][% for
  other in rows if other.subject == row.subject and other.inspection_id == row.inspection_id and other.cases_of ==
  "post-release cases" %][% set pairs.n = pairs.n + 1 %][[ row.body ]] prints both for what we take as one question
  ([[ row.subject | lower_first ]]): community cases, [[ cite(row.printed, row.citation_id) ]][[ ", of %d" |
  format(row.n) if row.n and " of " not in row.printed ]]; post-release cases, [[ cite(other.printed,
  other.citation_id) ]][[ ", of %d" | format(other.n) if other.n ]]. [% endfor %][% endfor %] [% if not pairs.n
  %]No report held prints a share for both groups.[% endif %]
caveat: >-
  Tables do not divide cases by kind; only the running text does, and mostly for the group that stands out, which is
  no fair choice, so that no test is made of a difference. Which question a figure belongs to is our reading, and one
  pair is given to another by its text (question 801). Bases are the group's inspected cases, if all were judged.
columns:
  cases_of: Cases
  printed: {head: Figure, cite: citation_id}
  subject: Question
*/
select
    inspections.organisation_name as body,
    case figures.case_group_id when 'community' then 'community cases' else 'post-release cases' end as cases_of,
    figures.description as what,
    case
        when figures.numerator_n is not null and figures.denominator_n is not null
            then concat(cast(figures.numerator_n as integer), ' of ', figures.denominator_n)
        else figures.as_stated
    end as printed,
    figures.base_n as n,
    figures.base_basis,
    round(figures.share_pct_low_95, 0) as low_95,
    round(figures.share_pct_high_95, 0) as high_95,
    questions.question_text as subject,
    figures.inspection_id,
    figures.citation_id
from fct_reported_figure as figures
inner join dim_inspection as inspections on figures.inspection_id = inspections.inspection_id
left join dim_question as questions on figures.question_id = questions.question_id
where
    figures.case_group_id in ('community', 'post_release')
    and figures.population_id = 'inspected_cases'
    and figures.polarity <> 'neutral'
order by inspections.inspection_year desc, figures.inspection_id asc, figures.case_group_id asc, figures.citation_id asc
