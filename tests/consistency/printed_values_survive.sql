{#- Seed, its rows meant, the expression of the printed number; mart, its value and its citation column. -#}
{%- set sign = "replace(as_printed, '%', '')" -%}
{%- set share = "case when value_status = 'reported' then " ~ sign ~ " end" -%}
{%- set key_questions -%}
    (
        select
            every_place.*,
            count(case when place = 'chapter' then 1 end) over (partition by inspection_id, question_id) as chapters_n
        from {{ raw_table('key_questions') }} as every_place
    ) as key_questions
{%- endset -%}
{%- set outcome -%}
    measure_id in (select measure_id from {{ ref('measures') }} where measure_group = 'outcome')
{%- endset -%}
{%- set outcome_question -%}
    question_id in (select question_id from {{ ref('question_measures') }})
{%- endset -%}
{%- set figures = [
    ('key_questions', "place = 'chapter' or chapters_n = 0", share, 'fct_key_question', 'yes_pct', 'citation_id'),
    ('prompts', 'true', share, 'fct_prompt', 'yes_pct', 'citation_id'),
    ('key_questions', outcome_question, share, 'fct_outcome', 'value_pct', 'citation_id'),
    ('prompts', outcome_question, share, 'fct_outcome', 'value_pct', 'citation_id'),
    ('staffing', "population_id <> 'region'", 'value', 'fct_staffing', 'value', 'citation_id'),
    ('staffing', "population_id = 'region'", 'value', 'fct_staffing', 'region_value', 'region_citation_id'),
    ('case_characteristics', 'true', 'value', 'fct_case_characteristic', 'value', 'citation_id'),
    ('comparators', 'true', 'value', 'fct_comparator', 'value', 'citation_id'),
    ('caseloads', 'true', 'value', 'fct_caseload', 'value', 'citation_id'),
    ('contextual_facts', 'not ' ~ outcome, 'value', 'fct_caseload', 'value', 'citation_id'),
    ('contextual_facts', outcome ~ " and figure_role = 'value'", 'value', 'fct_outcome', 'value_pct', 'citation_id'),
    (
        'contextual_facts', outcome ~ " and figure_role = 'value' and population_id = 'all_crcs'", 'value',
        'fct_outcome', 'comparator_pct', 'comparator_citation_id'
    ),
    (
        'contextual_facts', outcome ~ " and figure_role = 'comparator'", 'value', 'fct_outcome', 'comparator_pct',
        'comparator_citation_id'
    ),
    (
        'contextual_facts', outcome ~ " and figure_role = 'target'", 'value', 'fct_outcome', 'target_pct',
        'target_citation_id'
    ),
    ('criterion_scores', "place = 'summary'", sign, 'fct_criterion_score', 'score_pct', 'citation_id'),
    ('recommendations', 'true', 'recommendation_number', 'fct_recommendation', 'recommendation_number', 'citation_id'),
    (
        'recommendation_progress', 'true', 'progress_number', 'fct_recommendation_progress', 'progress_number',
        'citation_id'
    ),
    (
        'inspection_facts', "value not like '%-%' and value not like '%/%'", 'value', 'fct_inspection_fact', 'value_n',
        'citation_id'
    ),
    ('reported_figures', 'true', 'value', 'fct_reported_figure', 'value', 'citation_id'),
    ('reported_figures', 'true', 'value_pct', 'fct_reported_figure', 'value_pct', 'citation_id'),
    ('reported_figures', 'true', 'numerator_n', 'fct_reported_figure', 'numerator_n', 'citation_id'),
    ('reported_figures', 'true', 'denominator_n', 'fct_reported_figure', 'denominator_n', 'citation_id'),
] -%}
with corrected as (

    select citation_id from {{ ref('int_corrections__applied') }}

),

compared as (

    {% for seed, condition, printed, mart, column, citation_column in figures -%}
    select
        '{{ mart }}' as mart,
        '{{ column }}' as column_name,
        seed.citation_id,
        cast(seed.printed_number as {{ dbt.type_string() }}) as printed,
        cast(mart.{{ column }} as {{ dbt.type_string() }}) as published
    from (
        select {{ citation_id() }} as citation_id, cast({{ printed }} as {{ type_double() }}) as printed_number
        from {{ key_questions if seed == 'key_questions' else raw_table(seed) }}
        where {{ condition }}
    ) as seed
    left join {{ ref(mart) }} as mart on seed.citation_id = mart.{{ citation_column }}
    where
        mart.{{ citation_column }} is null
        or (seed.printed_number is null and mart.{{ column }} is not null)
        or (seed.printed_number is not null and mart.{{ column }} is null)
        or abs(seed.printed_number - cast(mart.{{ column }} as {{ type_double() }})) > 0.000001

    union all

    {% endfor %}
    select
        'fct_rating' as mart,
        'rating' as column_name,
        seed.citation_id,
        seed.as_printed as printed,
        mart.rating as published
    from (
        select {{ citation_id() }} as citation_id, as_printed
        from {{ raw_table('ratings') }}
        where place = 'summary'
    ) as seed
    left join {{ ref('fct_rating') }} as mart on seed.citation_id = mart.citation_id
    where mart.rating is null or lower(seed.as_printed) <> lower(mart.rating)

)

select compared.*
from compared
left join corrected on compared.citation_id = corrected.citation_id
where corrected.citation_id is null
