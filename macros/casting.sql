{# Casts of seed text. Each returns NULL for text it cannot read; the test cast_loses_no_value fails where that
   happens to a value that is there.

   to_integer('rows_n'), to_number('value'), to_boolean('is_rated'): the column's name or an expression. #}

{% macro try_to(expression, type) -%}
    {{ return(adapter.dispatch('try_to', 'pdu_inspections')(expression, type)) }}
{%- endmacro %}

{% macro default__try_to(expression, type) -%}
    {{ dbt.safe_cast(expression, type) }}
{%- endmacro %}

{% macro duckdb__try_to(expression, type) -%}
    try_cast({{ expression }} as {{ type }})
{%- endmacro %}

{% macro spark__try_to(expression, type) -%}
    try_cast({{ expression }} as {{ type }})
{%- endmacro %}

{# PostgreSQL has no cast that gives NULL for what it cannot read: the text is looked at first. #}
{% macro postgres__try_to(expression, type) -%}
    {%- set forms = {
        'integer': '^[+-]?[0-9]+$',
        'decimal': '^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)$',
        'date': '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
    } -%}
    cast(case when {{ expression }} ~ '{{ forms[type.split('(')[0]] }}' then {{ expression }} end as {{ type }})
{%- endmacro %}

{% macro to_integer(expression) -%}
    {{ try_to(expression, 'integer') }}
{%- endmacro %}

{% macro to_number(expression) -%}
    {{ try_to(expression, 'decimal(12, 4)') }}
{%- endmacro %}

{# A printed percentage: 72% or 39.17% becomes 72 or 39.17. #}
{% macro to_percentage(expression) -%}
    {{ try_to("replace(" ~ expression ~ ", '%', '')", 'decimal(7, 2)') }}
{%- endmacro %}

{% macro to_boolean(expression) -%}
    case {{ expression }} when 'true' then true when 'false' then false end
{%- endmacro %}

{# A date of day, month or year precision as the first day it covers. #}
{% macro to_first_day(expression) -%}
    {{ try_to(
        "case length(" ~ expression ~ ")"
        ~ " when 4 then concat(" ~ expression ~ ", '-01-01')"
        ~ " when 7 then concat(" ~ expression ~ ", '-01')"
        ~ " else " ~ expression ~ " end", 'date') }}
{%- endmacro %}
