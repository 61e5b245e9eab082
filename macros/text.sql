{% macro number_text(expression) -%}
    {{ return(adapter.dispatch('number_text', 'pdu_inspections')(expression)) }}
{%- endmacro %}

{% macro default__number_text(expression) -%}
    case
        when {{ expression }} = floor({{ expression }})
            then cast(cast({{ expression }} as bigint) as {{ dbt.type_string() }})
        else rtrim(cast({{ expression }} as {{ dbt.type_string() }}), '0')
    end
{%- endmacro %}

{% macro ascending_list(number) -%}
    {{ return(adapter.dispatch('ascending_list', 'pdu_inspections')(number)) }}
{%- endmacro %}

{% macro default__ascending_list(number) -%}
    {{ dbt.listagg("cast(" ~ number ~ " as " ~ dbt.type_string() ~ ")", "', '", "order by " ~ number) }}
{%- endmacro %}

{# dbt's list is in no order on Spark. #}
{% macro spark__ascending_list(number) -%}
    array_join(transform(array_sort(collect_list({{ number }})), listed -> cast(listed as string)), ', ')
{%- endmacro %}

{# Spark takes the arguments of rtrim the other way round. #}
{% macro spark__number_text(expression) -%}
    case
        when {{ expression }} = floor({{ expression }}) then cast(cast({{ expression }} as bigint) as string)
        else trim(trailing '0' from cast({{ expression }} as string))
    end
{%- endmacro %}
