{# The raw table behind a staging model: the seed of that name; or, where the variable report_tables names a directory,
   the Parquet files in its folder of that name. Parquet columns are text, as in the seeds. For tables that gain rows with
   every report or published page (their seeds are switched off where report_tables is set); vocabularies and rules are
   seeds always, and read with ref. raw_table('ratings') #}
{% macro raw_table(name) -%}
    {%- if var('report_tables', none) -%}
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
