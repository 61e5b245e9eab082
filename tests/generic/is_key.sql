{# The columns identify a row: none is NULL and no combination occurs twice. #}
{% test is_key(model, columns) %}

    select {{ columns | join(', ') }}, count(*) as rows_n
    from {{ model }}
    group by {{ columns | join(', ') }}
    having
        count(*) > 1
        {% for column in columns -%}
        or {{ column }} is null
        {% endfor %}

{% endtest %}
