{# The id of a finding: its rule and its citations, the second empty where it has one.
   discrepancy_id('breaches.') names the columns of a relation with that alias. #}
{% macro discrepancy_id(alias='') -%}
    concat({{ alias }}rule_id, '/', {{ alias }}citation_id_a, '/', coalesce({{ alias }}citation_id_b, ''))
{%- endmacro %}
