{# Breaches of a rule that nobody has accounted for: neither a row of known_discrepancies nor arithmetic explains them.
   Every file of tests/consistency calls it for its rule. #}
{% macro unaccounted_breaches(rule_id) -%}
    select discrepancy_id, inspection_id, subject, value_a, value_b, difference, citation_id_a, citation_id_b
    from {{ ref('fct_discrepancy') }}
    where rule_id = '{{ rule_id }}' and not is_acknowledged
{%- endmacro %}
