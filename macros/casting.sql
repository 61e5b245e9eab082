{# Casts of the seeds' text, in staging. A text that the type cannot hold fails the build: nothing becomes NULL in
   silence. to_integer('rows_n'): the column's name or an expression. #}

{% macro to_integer(expression) -%}
    cast({{ expression }} as integer)
{%- endmacro %}

{% macro to_number(expression) -%}
    cast({{ expression }} as decimal(12, 4))
{%- endmacro %}

{% macro to_percentage(expression) -%}
    cast(replace({{ expression }}, '%', '') as decimal(7, 2))
{%- endmacro %}

{% macro to_boolean(expression) -%}
    cast({{ expression }} as boolean)
{%- endmacro %}

{% macro to_first_day(expression) -%}
    cast(
        case length({{ expression }})
            when 4 then concat({{ expression }}, '-01-01')
            when 7 then concat({{ expression }}, '-01')
            else {{ expression }}
        end as date
    )
{%- endmacro %}
