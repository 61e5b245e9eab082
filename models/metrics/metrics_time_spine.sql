{# MetricFlow asks for days, though the figures know no finer time than years. #}
{%- set first_day = "cast('1999-12-31' as date)" -%}
with days as (

    {{ dbt.generate_series(15000) }}

),

final as (

    select cast({{ dbt.dateadd('day', 'cast(generated_number as integer)', first_day) }} as date) as date_day
    from days

)

select * from final
