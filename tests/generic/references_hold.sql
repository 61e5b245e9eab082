{# Every value of the columns that is there exists in the table it refers to.
   references: a mapping of column to model.column. Returns the column and the value that refers to nothing. #}
{% test references_hold(model, references) %}

    with missing as (

        {% for column, target in references.items() -%}
        {%- set target_model, target_column = target.split('.') -%}
        select distinct '{{ column }}' as referring_column, source.{{ column }} as missing_value
        from {{ model }} as source
        left join {{ ref(target_model) }} as target on source.{{ column }} = target.{{ target_column }}
        where source.{{ column }} is not null and target.{{ target_column }} is null
        {% if not loop.last -%} union all {% endif %}
        {% endfor %}

    )

    select * from missing

{% endtest %}
