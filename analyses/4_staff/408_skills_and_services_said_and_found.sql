/*
question: >-
  Staff say they have the skills and services they need. Do their cases show it?
asked_by: Trainers, heads of PDUs
answer: >-
  TO BE WRITTEN
caveat: >-
  Staff speak of themselves, inspectors judge cases; a share of staff and a share of cases are two different things,
  and only their contrast says something. Bases of interviews are not printed beside the figures.
*/
select
    inspections.inspection_id as inspection,
    case when figures.description like '%services%' then 'services' else 'skills' end as subject,
    'staff say' as who,
    figures.description as what,
    coalesce(figures.value_pct, round(100 * figures.numerator_n / figures.denominator_n, 0)) as pct,
    figures.denominator_n as n
from fct_reported_figure as figures
inner join dim_inspection as inspections on figures.inspection_id = inspections.inspection_id
where
    figures.population_id in ('staff_survey', 'practitioner_interviews')
    and inspections.organisation_type = 'pdu'
    and figures.polarity = 'success'
    and (
        figures.description like '%skill%'
        or figures.description like '%equipped%'
        or figures.description like '%range of services%'
    )
qualify
    row_number() over (
        partition by coalesce(figures.fact_key, figures.citation_id) order by figures.citation_id
    ) = 1
union all
select
    inspection_id as inspection,
    case topic_name when 'Desistance' then 'services' else 'skills' end as subject,
    'cases show' as who,
    question_text as what,
    yes_pct as pct,
    cases_n as n
from rpt_key_question
where
    organisation_type = 'pdu'
    and standard_name in ('Assessment', 'Implementation and delivery')
    and (
        (standard_name = 'Assessment' and topic_name = 'Safety of other people')
        or (standard_name = 'Implementation and delivery' and topic_name = 'Desistance')
    )
order by subject asc, inspection asc, who desc, what asc
