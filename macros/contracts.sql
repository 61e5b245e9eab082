{# A contract's columns and constraints, as dbt asks for them, with DuckDB's compression.
   Tables made from Parquet (report_tables) get no primary key: DuckDB would build an index for each, which costs time, room
   and memory at that size. DuckLake has neither. Tests hold the keys. #}
{% macro duckdb__get_table_columns_and_constraints() -%}
    {%- set in_file = not adapter.is_ducklake(this) -%}
    {%- set definitions = [] -%}
    {%- for definition, name in zip(
        adapter.render_raw_columns_constraints(raw_columns=model['columns']), model['columns']
    ) -%}
        {%- do definitions.append(definition ~ (duckdb_compression(name) if in_file else '')) -%}
    {%- endfor -%}
    {%- if in_file and not var('report_tables', none) -%}
        {%- do definitions.extend(adapter.render_raw_model_constraints(raw_constraints=model['constraints'])) -%}
    {%- endif -%}
    ({{ definitions | join(', ') }})
{%- endmacro %}

{# How a column of this name is compressed: texts that are nearly all different are smaller and sooner written with zstd
   than with what DuckDB would choose. #}
{% macro duckdb_compression(column_name) -%}
    {{ return(' using compression zstd' if column_name in ['citation_id', 'locator'] else '') }}
{%- endmacro %}
