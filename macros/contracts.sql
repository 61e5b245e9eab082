{# A contract's columns and constraints, as dbt asks for them. Tables made from Parquet (report_tables) get no primary key:
   DuckDB would build an index for each, which costs time, room and memory at that size. DuckLake has none. Tests hold the
   keys. #}
{% macro duckdb__get_table_columns_and_constraints() -%}
    {%- if not var('report_tables', none) and not adapter.is_ducklake(this) -%}
        {{ return(table_columns_and_constraints()) }}
    {%- endif -%}
    ({{ adapter.render_raw_columns_constraints(raw_columns=model['columns']) | join(', ') }})
{%- endmacro %}
