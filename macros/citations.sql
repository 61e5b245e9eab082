{% macro citation_id(line='line_number', column='column_number') -%}
    concat(document_id, ':L', {{ line }}, ':C', {{ column }})
{%- endmacro %}

{% macro provenance_columns() -%}
    {{ citation_id() }} as citation_id,
    section,
    table_name,
    {{ to_integer('row_number') }} as row_number,
    {{ to_integer('line_number') }} as line_number,
    {{ to_integer('column_number') }} as column_number,
    {{ to_integer('page_from') }} as page_from,
    {{ to_integer('page_to') }} as page_to,
    as_printed
{%- endmacro %}

{% macro comes_before(line, column, other_line, other_column) -%}
    ({{ line }} < {{ other_line }} or ({{ line }} = {{ other_line }} and {{ column }} < {{ other_column }}))
{%- endmacro %}

{% macro print_order(prints) -%}
    row_number() over (
        partition by {{ prints }}.citation_id
        order by
            length({{ prints }}.as_printed) desc,
            case when {{ prints }}.table_name is null then 1 else 0 end,
            {{ prints }}.section
    )
{%- endmacro %}

{% macro printed_only_elsewhere(prints, place, key) -%}
    {{ prints }}.place <> '{{ place }}'
    and not exists (
        select 1
        from {{ prints }} as in_place
        where
            in_place.place = '{{ place }}'
            {% for column in key -%}
            and in_place.{{ column }} = {{ prints }}.{{ column }}
            {% endfor %}
    )
{%- endmacro %}

{% macro discrepancy_id(alias='') -%}
    concat({{ alias }}rule_id, '/', {{ alias }}citation_id_a, '/', coalesce({{ alias }}citation_id_b, ''))
{%- endmacro %}
