{# One row per inspection, one column per fact; counts as integers, dates as the first day they cover. #}
{%- set counts = [
    'cases_inspected', 'community_cases', 'post_release_cases', 'court_reports_inspected', 'unpaid_work_cases',
    'through_the_gate_cases', 'planning_safety_cases', 'reviewing_safety_cases', 'outcomes_cases',
    'practitioners_interviewed', 'meetings_held', 'user_voice_contacts', 'user_voice_interviews', 'high_risk_cases',
] -%}
{%- set dates = [
    'fieldwork_start_date', 'fieldwork_end_date', 'publication_month', 'announcement_date',
    'sample_1_start_date', 'sample_1_end_date', 'sample_2_start_date', 'sample_2_end_date',
] -%}
with facts as (select * from {{ ref('stg_reports__inspection_facts') }}),
inspections as (select * from {{ ref('stg_reports__inspections') }}),

facts_by_inspection as (

    select
        inspections.inspection_id,
        {% for fact in counts -%}
        max(case when facts.fact = '{{ fact }}' then facts.value_n end) as {{ fact }},
        {% endfor -%}
        {% for fact in dates -%}
        max(case when facts.fact = '{{ fact }}' then facts.value_date end) as {{ fact }},
        max(case when facts.fact = '{{ fact }}' then facts.date_precision end) as {{ fact }}_precision,
        {% endfor -%}
        max(case when facts.fact = 'score' then facts.printed_score end) as printed_score,
        max(case when facts.fact = 'score' then facts.printed_score_max end) as printed_score_max,
        max(
            case when facts.fact = 'score' then facts.citation_id end
        ) as score_citation_id
    from inspections
    left join facts on inspections.inspection_id = facts.inspection_id
    group by inspections.inspection_id

)

select * from facts_by_inspection
