with figures as (select * from {{ ref('int_reported_figures__normalised') }}),

final as (

    select
        'count_within_base' as rule_id,
        inspection_id,
        description as subject,
        citation_id as citation_id_a,
        cast(null as {{ dbt.type_string() }}) as citation_id_b,
        {{ number_text('numerator_n') }} as value_a,
        concat('base of ', {{ number_text('denominator_n') }}) as value_b,
        cast(numerator_n - denominator_n as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from figures
    where
        numerator_n > denominator_n

)

select * from final
