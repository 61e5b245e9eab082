{# The raw table behind a staging model: the seed of that name; or, where the variable report_tables names a directory,
   the Parquet files in its folder of that name, for the tables that grow with the reports. Parquet columns are text, as
   in the seeds. raw_table('ratings') #}
{% macro raw_table(name) -%}
    {#- Tables that gain rows with every report or published page; all others are vocabularies and rules. -#}
    {%- set tables_that_grow = [
        'documents', 'inspections', 'inspection_facts', 'ratings', 'rating_discretions', 'key_questions', 'prompts',
        'staffing', 'case_characteristics', 'contextual_facts', 'caseloads', 'rating_bands', 'recommendations',
        'recommendation_progress', 'criterion_scores', 'reported_figures', 'statements', 'organisations', 'areas',
        'organisation_lineage', 'recommendation_titles', 'progress_titles', 'expected_row_counts',
        'known_discrepancies', 'curated_findings', 'corrections', 'collected_sources', 'inspection_programmes',
        'pdu_register', 'probation_regions', 'published_figures', 'published_ratings',
        'published_standard_ratings', 'region_spellings',
    ] -%}
    {%- if var('report_tables', none) and name in tables_that_grow -%}
        {{ adapter.dispatch('parquet_table', 'pdu_inspections')(var('report_tables'), name) }}
    {%- else -%}
        {{ ref(name) }}
    {%- endif -%}
{%- endmacro %}

{% macro default__parquet_table(directory, name) -%}
    {{ exceptions.raise_compiler_error("report_tables: this engine reads no Parquet; load " ~ name ~ " as a seed") }}
{%- endmacro %}

{% macro duckdb__parquet_table(directory, name) -%}
    {{ return("read_parquet('" ~ directory | replace("'", "''") ~ "/" ~ name ~ "/*.parquet')") }}
{%- endmacro %}

{% macro spark__parquet_table(directory, name) -%}
    {{ return("parquet.`" ~ directory ~ "/" ~ name ~ "`") }}
{%- endmacro %}
