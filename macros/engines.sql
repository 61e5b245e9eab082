{# What engines name or do differently, beyond what dbt's own cross-database macros cover. #}

{% macro type_double() -%}
    {{ return(adapter.dispatch('type_double', 'pdu_inspections')()) }}
{%- endmacro %}

{% macro default__type_double() -%}
    double
{%- endmacro %}

{% macro postgres__type_double() -%}
    double precision
{%- endmacro %}

{% macro to_double(expression) -%}
    cast({{ expression }} as {{ type_double() }})
{%- endmacro %}

{% macro rounded(expression, decimals) -%}
    {{ return(adapter.dispatch('rounded', 'pdu_inspections')(expression, decimals)) }}
{%- endmacro %}

{% macro default__rounded(expression, decimals) -%}
    round({{ expression }}, {{ decimals }})
{%- endmacro %}

{# PostgreSQL rounds only exact numbers to decimals. #}
{% macro postgres__rounded(expression, decimals) -%}
    round(cast({{ expression }} as numeric), {{ decimals }})
{%- endmacro %}
