{# A printed number, or its correction where one applies. The query left joins applied_corrections on citation_id.
   corrected('yes_pct', 'decimal(7, 2)') #}
{% macro corrected(column, type) -%}
    cast(coalesce(corrections.corrected_number, {{ column }}) as {{ type }})
{%- endmacro %}
