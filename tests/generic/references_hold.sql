{# Every value of a column with a foreign key exists in the table it refers to. The foreign keys are those of the
   model's YAML, which dbt's tools read; no engine enforces them (macros/contracts.sql). One test for all of a table:
   dbt's own relationships would be a test for each. Returns the column and the value that refers to nothing.

   after: tables that refer to this one in their turn, which must be there before it is tested. #}
{% test references_hold(model, after=[]) %}

    {%- set references = [] -%}
    {%- for node in (graph.nodes or {}).values() if node.resource_type == 'model' and node.name == model.identifier -%}
        {%- for column in node.columns.values() -%}
            {%- for key in column.constraints if key.type == 'foreign_key' -%}
                {#- As ref('table'), as the relation that became of it, or written out where tables refer to each other. -#}
                {%- set target = key.to or key.expression.split(' (')[0] -%}
                {%- set target = target | replace("ref('", '.') | replace("')", '') | replace('"', '') -%}
                {%- set target_column = key.to_columns[0] if key.to else key.expression.split('(')[1].rstrip(')') -%}
                {%- do references.append((column.name, target.split('.')[-1], target_column)) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for column, target, target_column in references %}
    select '{{ column }}' as referring_column, source.{{ column }} as missing_value
    from {{ model }} as source
    left join {{ model.schema }}.{{ target }} as target on source.{{ column }} = target.{{ target_column }}
    where source.{{ column }} is not null and target.{{ target_column }} is null
    group by source.{{ column }}
    union all
    {%- endfor %}
    select null as referring_column, null as missing_value
    where 1 = 0

{% endtest %}
