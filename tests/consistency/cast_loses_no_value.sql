{#- Seed and its cast columns, as seed column: staging column. -#}
{%- set casts = {
    'stg_landscape__inspection_programmes': ('inspection_programmes', {
        'standards_n': 'standards_n',
        'score_max': 'score_max',
        'is_rated': 'is_rated',
        'inspections_n': 'inspections_n',
    }),
    'stg_landscape__pdu_register': ('pdu_register', {
        'valid_from': 'valid_from_date',
        'valid_to': 'valid_to_date',
    }),
    'stg_landscape__probation_regions': ('probation_regions', {
        'registered_pdus_n': 'registered_pdus_n',
    }),
    'stg_landscape__published_ratings': ('published_ratings', {
        'published': 'published_date',
        'substring(published, 1, 4)': 'published_year',
        'fieldwork': 'fieldwork_date',
        'score_low': 'score_low',
        'score_high': 'score_high',
        'score_max': 'score_max',
        'cases_n': 'cases_n',
        'pdus_n': 'pdus_n',
    }),
    'stg_reference__expected_row_counts': ('expected_row_counts', {
        'rows_n': 'rows_n',
    }),
    'stg_reference__frameworks': ('frameworks', {
        'first_year': 'first_year',
        'last_year': 'last_year',
        'score_max': 'score_max',
    }),
    'stg_reference__hedges': ('hedges', {
        'low_offset': 'low_offset',
        'high_offset': 'high_offset',
    }),
    'stg_reference__known_discrepancies': ('known_discrepancies', {
        'is_resolved': 'is_resolved',
    }),
    'stg_reference__organisation_lineage': ('organisation_lineage', {
        'effective_date': 'effective_date',
        'source_line_number': 'source_line_number',
    }),
    'stg_reference__populations': ('populations', {
        'is_sample': 'is_sample',
    }),
    'stg_reference__progress_scale': ('progress_scale', {
        'progress_order': 'progress_order',
    }),
    'stg_reference__progress_titles': ('progress_titles', {
        'progress_number': 'progress_number',
    }),
    'stg_reference__questions': ('questions', {
        'question_order': 'question_order',
        'excludes_unpaid_work_only': 'excludes_unpaid_work_only',
        'not_in_every_case': 'not_in_every_case',
        'post_custody_only': 'post_custody_only',
    }),
    'stg_reference__rating_scale': ('rating_scale', {
        'points': 'points',
        'low_pct': 'low_pct',
        'high_pct': 'high_pct',
    }),
    'stg_reference__recommendation_titles': ('recommendation_titles', {
        'recommendation_number': 'recommendation_number',
    }),
    'stg_reference__score_bands': ('score_bands', {
        'score_max': 'score_max',
        'low_score': 'low_score',
        'high_score': 'high_score',
    }),
    'stg_reference__staff_grades': ('staff_grades', {
        'grade_order': 'grade_order',
    }),
    'stg_reference__standards': ('standards', {
        'domain_code': 'domain_code',
        'standard_order': 'standard_order',
        'is_rated': 'is_rated',
        'is_case_supervision': 'is_case_supervision',
    }),
    'stg_reports__case_characteristics': ('case_characteristics', {
        'value': 'value',
        'row_number': 'row_number',
        'line_number': 'line_number',
        'column_number': 'column_number',
        'page_from': 'page_from',
        'page_to': 'page_to',
    }),
    'stg_reports__caseloads': ('caseloads', {
        'value': 'value',
        'row_number': 'row_number',
        'line_number': 'line_number',
        'column_number': 'column_number',
        'page_from': 'page_from',
        'page_to': 'page_to',
    }),
    'stg_reports__contextual_facts': ('contextual_facts', {
        'value': 'value',
        'row_number': 'row_number',
        'line_number': 'line_number',
        'column_number': 'column_number',
        'page_from': 'page_from',
        'page_to': 'page_to',
    }),
    'stg_reports__criterion_scores': ('criterion_scores', {
        'as_printed': 'score_pct',
        'row_number': 'row_number',
        'line_number': 'line_number',
        'column_number': 'column_number',
        'page_from': 'page_from',
        'page_to': 'page_to',
    }),
    'stg_reports__documents': ('documents', {
        'publication_month': 'publication_month',
        'row_number': 'row_number',
        'line_number': 'line_number',
        'column_number': 'column_number',
        'page_from': 'page_from',
        'page_to': 'page_to',
        'isbn_line_number': 'isbn_line_number',
        'isbn_column_number': 'isbn_column_number',
    }),
    'stg_reports__inspection_facts': ('inspection_facts', {
        'row_number': 'row_number',
        'line_number': 'line_number',
        'column_number': 'column_number',
        'page_from': 'page_from',
        'page_to': 'page_to',
    }),
    'stg_reports__inspections': ('inspections', {
        'inspection_year': 'inspection_year',
        'row_number': 'row_number',
        'line_number': 'line_number',
        'column_number': 'column_number',
        'page_from': 'page_from',
        'page_to': 'page_to',
    }),
    'stg_reports__key_questions': ('key_questions', {
        'as_printed': 'yes_pct',
        'row_number': 'row_number',
        'line_number': 'line_number',
        'column_number': 'column_number',
        'page_from': 'page_from',
        'page_to': 'page_to',
    }),
    'stg_reports__prompts': ('prompts', {
        'as_printed': 'yes_pct',
        'row_number': 'row_number',
        'line_number': 'line_number',
        'column_number': 'column_number',
        'page_from': 'page_from',
        'page_to': 'page_to',
    }),
    'stg_reports__rating_bands': ('rating_bands', {
        'low_pct': 'low_pct',
        'high_pct': 'high_pct',
        'row_number': 'row_number',
        'line_number': 'line_number',
        'column_number': 'column_number',
        'page_from': 'page_from',
        'page_to': 'page_to',
    }),
    'stg_reports__rating_discretions': ('rating_discretions', {
        'row_number': 'row_number',
        'line_number': 'line_number',
        'column_number': 'column_number',
        'page_from': 'page_from',
        'page_to': 'page_to',
    }),
    'stg_reports__ratings': ('ratings', {
        'row_number': 'row_number',
        'line_number': 'line_number',
        'column_number': 'column_number',
        'page_from': 'page_from',
        'page_to': 'page_to',
    }),
    'stg_reports__recommendation_progress': ('recommendation_progress', {
        'progress_number': 'progress_number',
        'source_report_year': 'source_report_year',
        'row_number': 'row_number',
        'line_number': 'line_number',
        'column_number': 'column_number',
        'page_from': 'page_from',
        'page_to': 'page_to',
        'source_line_number': 'source_line_number',
        'source_column_number': 'source_column_number',
    }),
    'stg_reports__recommendations': ('recommendations', {
        'recommendation_number': 'recommendation_number',
        'row_number': 'row_number',
        'line_number': 'line_number',
        'column_number': 'column_number',
        'page_from': 'page_from',
        'page_to': 'page_to',
    }),
    'stg_reports__reported_figures': ('reported_figures', {
        'value': 'value',
        'numerator_n': 'numerator_n',
        'denominator_n': 'denominator_n',
        'value_pct': 'value_pct',
        'row_number': 'row_number',
        'line_number': 'line_number',
        'column_number': 'column_number',
        'page_from': 'page_from',
        'page_to': 'page_to',
    }),
    'stg_reports__staffing': ('staffing', {
        'value': 'value',
        'row_number': 'row_number',
        'line_number': 'line_number',
        'column_number': 'column_number',
        'page_from': 'page_from',
        'page_to': 'page_to',
    }),
    'stg_reports__statements': ('statements', {
        'row_number': 'row_number',
        'line_number': 'line_number',
        'column_number': 'column_number',
        'page_from': 'page_from',
        'page_to': 'page_to',
    }),
} -%}
{% for model, (seed, columns) in casts.items() -%}
{%- set last_model = loop.last -%}
{% for seed_column, column in columns.items() -%}
select '{{ model }}' as model_name, '{{ column }}' as column_name, raw.values_n as seed_values_n, cast_to.values_n
from (select count({{ seed_column }}) as values_n from {{ raw_table(seed) }}) as raw
cross join (select count({{ column }}) as values_n from {{ ref(model) }}) as cast_to
where raw.values_n <> cast_to.values_n
{% if not (last_model and loop.last) -%} union all {% endif %}
{% endfor %}
{%- endfor %}
