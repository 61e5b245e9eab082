/*
question: Staff say they have the skills and services they need. Do their cases show it?
asked_by: Trainers, heads of PDUs
answer: >-
  [% for body, both in rows | groupby("body") %][% for subject, group in both | groupby("subject") %][% set said =
  group | selectattr("who", "equalto", "staff say") | list %] [% set found = group | selectattr("who", "equalto",
  "cases show") | list %] [% if said and found %][[ body ]]: [% for row in said %][[ row.what | lower_first ]], [[
  cite(row.printed, row.citation_id) ]]; [% endfor %]but [% for row in found %]at [[ row.stage | lower ]] enough was
  done ([[ row.topic | lower ]]) in [[ cite(row.printed, row.citation_id) ]] of cases[[ "; " if not loop.last ]][%
  endfor %]. [% endif %][% endfor %][% endfor %] A share of staff and a share of cases are two different things.
caveat: >-
  Staff speak of themselves, inspectors judge cases: only the contrast says something. Bases of interviews are not
  printed beside the figures.
columns:
  who: Who says it
  stage: hidden
  topic: hidden
  printed: {head: Figure, cite: citation_id}
*/
select
    inspections.organisation_name as body,
    case when figures.description like '%services%' then 'services' else 'skills' end as subject,
    'staff say' as who,
    figures.description as what,
    null as stage,
    null as topic,
    case
        when figures.numerator_n is not null and figures.denominator_n is not null
            then concat(cast(figures.numerator_n as integer), ' of ', figures.denominator_n)
        else figures.as_stated
    end as printed,
    figures.denominator_n as n,
    figures.base_basis,
    figures.inspection_id,
    figures.citation_id
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
    organisation_name as body,
    case topic_name when 'Desistance' then 'services' else 'skills' end as subject,
    'cases show' as who,
    question_text as what,
    standard_name as stage,
    topic_name as topic,
    concat(cast(round(yes_pct, 0) as integer), '%') as printed,
    cases_n as n,
    base_basis,
    inspection_id,
    citation_id
from rpt_key_question
where
    organisation_type = 'pdu'
    and (
        (standard_name = 'Assessment' and topic_name = 'Safety of other people')
        or (standard_name = 'Implementation and delivery' and topic_name = 'Desistance')
    )
order by body asc, subject asc, who desc, what asc, citation_id asc
