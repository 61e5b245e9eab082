{# The columns, one or several, identify a row: no combination occurs twice, and no part of one is NULL. Name and
   argument are those of dbt_utils, which tools look for; dbt's own unique takes single columns only and lets NULL pass. #}
{% test unique_combination_of_columns(model, combination_of_columns) %}

    select {{ combination_of_columns | join(', ') }}, count(*) as rows_n
    from {{ model }}
    group by {{ combination_of_columns | join(', ') }}
    having
        count(*) > 1
        {% for column in combination_of_columns -%}
        or {{ column }} is null
        {% endfor %}

{% endtest %}
