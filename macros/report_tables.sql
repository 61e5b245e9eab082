{# The tables of seeds/reports/: citations and expected numbers of rows are taken from each of them. #}
{% macro report_tables() -%}
    {{ return([
        'documents', 'inspections', 'inspection_facts', 'ratings', 'rating_discretions', 'key_questions', 'prompts',
        'comparators', 'staffing', 'case_characteristics', 'contextual_facts', 'caseloads', 'rating_bands',
        'recommendations', 'recommendation_progress', 'criterion_scores', 'reported_figures', 'statements',
    ]) }}
{%- endmacro %}
