{# What was found of each part of a report, by inspection, and how much of it a person has decided. The rows of report
   tables are facts, but for titles that wait; figures of running text that were rejected or wait are drafts alone. #}
{%- set parts = ['ratings', 'key_questions', 'prompts', 'staffing', 'caseload', 'outcomes', 'recommendations',
    'running_text'] -%}
{%- set tables = [
    ('ratings', 'stg_reports__ratings', none),
    ('ratings', 'stg_reports__criterion_scores', none),
    ('key_questions', 'stg_reports__key_questions', none),
    ('prompts', 'stg_reports__prompts', none),
    ('staffing', 'stg_reports__staffing', none),
    ('caseload', 'stg_reports__caseloads', none),
    ('caseload', 'stg_reports__case_characteristics', none),
    ('caseload', 'stg_reports__contextual_facts', 'measure_id not in (select measure_id from outcome_measures)'),
    ('outcomes', 'stg_reports__contextual_facts', 'measure_id in (select measure_id from outcome_measures)'),
    ('outcomes', 'stg_reports__key_questions', 'question_id in (select question_id from outcome_questions)'),
    ('outcomes', 'stg_reports__prompts', 'question_id in (select question_id from outcome_questions)'),
    ('recommendations', 'stg_reports__recommendations', none),
    ('recommendations', 'stg_reports__recommendation_progress', none),
    ('running_text', 'stg_reports__reported_figures', none),
] -%}
with inspections as (select * from {{ ref('stg_reports__inspections') }}),
drafts as (select * from {{ ref('stg_review__drafts') }}),

outcome_measures as (

    select measure_id from {{ ref('stg_reference__measures') }}
    where measure_group = 'outcome'

),

outcome_questions as (

    select question_id from {{ ref('stg_reference__question_measures') }}

),

parts as (

    {% for part in parts -%}
    select '{{ part }}' as part, {{ loop.index }} as part_order
    {% if not loop.last -%} union all {% endif %}
    {% endfor %}

),

table_rows as (

    {% for part, table, condition in tables -%}
    select '{{ part }}' as part, inspection_id, count(*) as rows_n
    from {{ ref(table) }}
    {% if condition -%} where {{ condition }} {% endif %}
    group by inspection_id
    {% if not loop.last -%} union all {% endif %}
    {% endfor %}

),

part_rows as (

    select part, inspection_id, sum(rows_n) as rows_n
    from table_rows
    group by part, inspection_id

),

part_drafts as (

    select
        case when draft_kind = 'figure' then 'running_text' else 'recommendations' end as part,
        inspection_id,
        sum(case when decision = 'rejected' then 1 else 0 end) as rejected_n,
        sum(case when decision is null then 1 else 0 end) as waiting_n
    from drafts
    where draft_kind in ('figure', 'recommendation_title', 'progress_title')
    group by case when draft_kind = 'figure' then 'running_text' else 'recommendations' end, inspection_id

),

{# Whether anybody has been through the running text: a report may print figures of one of its inspections alone. #}
texts_read as (

    select document_id from {{ ref('stg_reports__reported_figures') }}
    union
    select document_id from drafts
    where draft_kind = 'figure'

),

counted as (

    select
        inspections.inspection_id,
        inspections.document_id,
        parts.part,
        parts.part_order,
        coalesce(part_rows.rows_n, 0) as rows_n,
        coalesce(part_drafts.rejected_n, 0) as rejected_n,
        coalesce(part_drafts.waiting_n, 0) as waiting_n
    from inspections
    cross join parts
    left join part_rows on inspections.inspection_id = part_rows.inspection_id and parts.part = part_rows.part
    left join part_drafts on inspections.inspection_id = part_drafts.inspection_id and parts.part = part_drafts.part

),

final as (

    select
        counted.inspection_id,
        counted.part,
        cast(counted.part_order as integer) as part_order,
        cast(
            counted.rows_n
            + case when counted.part = 'running_text' then counted.rejected_n + counted.waiting_n else 0 end as integer
        ) as found_n,
        cast(
            counted.rows_n
            - case when counted.part = 'running_text' then 0 else counted.rejected_n + counted.waiting_n end as integer
        ) as accepted_n,
        cast(counted.rejected_n as integer) as rejected_n,
        cast(counted.waiting_n as integer) as waiting_n,
        case
            when counted.waiting_n > 0 then 'partly_read'
            when counted.rows_n + counted.rejected_n > 0 then 'complete'
            when counted.part = 'running_text' and texts_read.document_id is null then 'not_read'
            else 'not_printed'
        end as status
    from counted
    left join texts_read on counted.document_id = texts_read.document_id

)

select * from final
