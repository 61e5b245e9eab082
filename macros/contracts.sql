{# Columns and constraints of a table with a contract, as dbt asks for them when it creates the table.

   Foreign keys are declared for people and tools and tested by references_hold, but never created: DuckDB could not
   rebuild a table that others refer to, and PostgreSQL would drop them in silence. #}

{# What of a model's contract the engine is asked to enforce.
   left_out: kinds of constraints, such as ['foreign_key']. after_column: SQL written after a column's definition. #}
{% macro enforced_columns_and_constraints(left_out, zstd_columns=[]) -%}
    {%- set columns = {} -%}
    {%- for name, column in model['columns'].items() -%}
        {%- set constraints = column.constraints | rejectattr('type', 'in', left_out) | list -%}
        {%- do columns.update({name: dict(column, constraints=constraints)}) -%}
    {%- endfor -%}
    {%- set definitions = [] -%}
    {%- for definition, name in zip(adapter.render_raw_columns_constraints(raw_columns=columns), columns) -%}
        {%- do definitions.append(definition ~ (' using compression zstd' if name in zstd_columns else '')) -%}
    {%- endfor -%}
    {%- set constraints = model['constraints'] | rejectattr('type', 'in', left_out) | list -%}
    {%- do definitions.extend(adapter.render_raw_model_constraints(raw_constraints=constraints)) -%}
    ({{ definitions | join(', ') }})
{%- endmacro %}

{# DuckLake knows no constraint but not null. Tables made from Parquet (report_tables) get no primary key: DuckDB would
   build an index for each, which costs time, room and memory at that size. Tests hold the keys. #}
{% macro duckdb__get_table_columns_and_constraints() -%}
    {%- if adapter.is_ducklake(this) -%}
        {{ enforced_columns_and_constraints(['foreign_key', 'primary_key', 'check']) }}
    {%- elif var('report_tables', none) -%}
        {{ enforced_columns_and_constraints(['foreign_key', 'primary_key', 'check'], var('zstd_columns')) }}
    {%- else -%}
        {{ enforced_columns_and_constraints(['foreign_key'], var('zstd_columns')) }}
    {%- endif -%}
{%- endmacro %}

{% macro postgres__get_table_columns_and_constraints() -%}
    {{ enforced_columns_and_constraints(['foreign_key']) }}
{%- endmacro %}
