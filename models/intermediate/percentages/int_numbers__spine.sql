{# Whole numbers from 0 with the natural logarithm of their factorial; long enough for any sample of cases. #}
with generated_numbers as (

    {{ dbt.generate_series(500) }}

),

numbers as (

    select 0 as n, cast(0 as {{ type_double() }}) as ln_n
    union all
    select cast(generated_number as integer) as n, ln(cast(generated_number as {{ type_double() }})) as ln_n
    from generated_numbers

),

final as (

    select n, sum(ln_n) over (order by n rows unbounded preceding) as ln_factorial
    from numbers

)

select * from final
