{% macro corrected(column, type) -%}
    cast(coalesce(corrections.corrected_number, {{ column }}) as {{ type }})
{%- endmacro %}
