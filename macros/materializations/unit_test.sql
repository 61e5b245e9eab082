{# Unit tests on DuckDB: columns and their types are asked for by one DESCRIBE, where dbt makes, asks and drops a table. A
   value that its column cannot hold is an error, where dbt takes it for NULL. #}

{% materialization unit, adapter='duckdb' -%}
    {%- set expected_rows = config.get('expected_rows') -%}
    {%- set types = duckdb_column_types(get_empty_subquery_sql(sql)) -%}
    {%- set names = (expected_rows[0] if expected_rows else types) | map('lower') | list -%}
    {%- set expected_sql -%}
        {%- if config.get('expected_sql') -%}
        {{ config.get('expected_sql') }}
        {%- elif expected_rows -%}
        {{ duckdb_rows(expected_rows, types, names, 'expected output') }}
        {%- else -%}
        select * from dbt_internal_unit_test_actual limit 0
        {%- endif -%}
    {%- endset -%}
    {%- call statement('main', fetch_result=True, auto_begin=False) -%}
        {{ get_unit_test_sql(sql, expected_sql, names | map('tojson') | list) }}
    {%- endcall -%}
    {{ return({'relations': []}) }}
{%- endmaterialization %}

{# What dbt calls for a given table: its rows, with NULL in the columns they do not name. #}
{% macro get_fixture_sql(rows, column_name_to_data_types) -%}
    {{ return(adapter.dispatch('get_fixture_sql', 'pdu_inspections')(rows, column_name_to_data_types)) }}
{%- endmacro %}

{% macro default__get_fixture_sql(rows, column_name_to_data_types) -%}
    {{ return(dbt.get_fixture_sql(rows, column_name_to_data_types)) }}
{%- endmacro %}

{% macro duckdb__get_fixture_sql(rows, column_name_to_data_types) -%}
    {%- set relation = defer_relation if defer_relation and not load_relation(this) else this -%}
    {%- set types = column_name_to_data_types or duckdb_column_types('from ' ~ relation) -%}
    {{ return(duckdb_rows(rows, types, types.keys(), "'" ~ model.name ~ "'")) }}
{%- endmacro %}

{# Lower-case name to type of each column of a query. #}
{% macro duckdb_column_types(query) -%}
    {%- set types = {} -%}
    {%- for column in adapter.get_column_schema_from_query(query) -%}
        {%- do types.update({column.name | lower: column.dtype}) -%}
    {%- endfor -%}
    {{ return(types) }}
{%- endmacro %}

{# Rows of a unit test as a query that gives the columns named; types: of all that may be there. #}
{% macro duckdb_rows(rows, types, names, what) -%}
    {%- for row in rows or [{}] -%}
        {%- set values = {} -%}
        {%- for name, value in row.items() -%}
            {%- if name | lower not in types -%}
                {{ exceptions.raise_compiler_error(
                    "Invalid column name: '" ~ name ~ "' in unit test fixture for " ~ what ~ ".\n"
                    "Accepted columns for " ~ what ~ " are: " ~ (types | list)
                ) }}
            {%- endif -%}
            {%- do values.update({name | lower: value}) -%}
        {%- endfor -%}
        select
        {%- for name in names %}
        {%- set value = values.get(name) %}
            cast(
            {%- if value is none -%} null
            {%- elif value is string -%} '{{ value | replace("'", "''") }}'
            {%- else -%} {{ value }}
            {%- endif %} as {{ types[name] }}) as "{{ name }}" {{- ',' if not loop.last }}
        {%- endfor %}
        {%- if not loop.last %}
        union all
        {% endif -%}
    {%- endfor -%}
    {%- if not rows %}
        limit 0
    {%- endif -%}
{%- endmacro %}
