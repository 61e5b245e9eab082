{# Where dbt's adapter for Spark needs a hand: its versions of dbt's own macros, called by dbt. #}

{% macro spark__create_csv_table(model, agate_table) -%}
    {%- set statement_text -%}
        create table {{ this.render() }} (
            {%- for column in agate_table.column_names %}
            {{ column }} string{{ ',' if not loop.last }}
            {%- endfor %}
        ) using parquet
    {%- endset -%}
    {% call statement('_') -%}
        {{ statement_text }}
    {%- endcall %}
    {{ return(statement_text) }}
{%- endmacro %}

{# The adapter puts values between quotes as they are; here they are written as literals, quotes and backslashes
   escaped. #}
{% macro spark__load_csv_rows(model, agate_table) -%}
    {%- for rows in agate_table.rows | batch(1000) -%}
        {%- call statement('_') -%}
            insert into {{ this.render() }} values
            {% for row in rows -%}
            ({% for value in row -%}
                {{ 'null' if value is none else spark_text(value) }}{{ ', ' if not loop.last }}
            {%- endfor %}){{ ',' if not loop.last }}
            {% endfor %}
        {%- endcall -%}
    {%- endfor -%}
    {{ return('') }}
{%- endmacro %}

{% macro spark_text(value) -%}
    '{{ value | replace('\\', '\\\\') | replace("'", "\\'") }}'
{%- endmacro %}

{# The contracts of the marts say varchar. #}
{% macro spark__get_empty_schema_sql(columns) -%}
    {%- set typed = {} -%}
    {%- for name, column in columns.items() -%}
        {%- do typed.update({name: dict(column, data_type='string' if column.data_type == 'varchar' else column.data_type)}) -%}
    {%- endfor -%}
    {{ return(default__get_empty_schema_sql(typed)) }}
{%- endmacro %}
