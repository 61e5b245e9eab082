with figures as (select * from {{ ref('int_reported_figures__normalised') }}),

final as (

    select
        'fraction_agrees_with_its_percentage' as rule_id,
        inspection_id,
        description as subject,
        citation_id as citation_id_a,
        cast(null as {{ dbt.type_string() }}) as citation_id_b,
        concat({{ number_text('numerator_n') }}, ' of ', {{ number_text('denominator_n') }}) as value_a,
        concat({{ number_text('value_pct') }}, '%') as value_b,
        {{ percentage('numerator_n', 'denominator_n') }} - value_pct as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from figures
    where
        denominator_n > 0
        and value_pct is not null
        and is_exact
        and not numerator_n
        between {{ lowest_possible_count('value_pct', 'denominator_n', 'decimals') }}
        and {{ highest_possible_count('value_pct', 'denominator_n', 'decimals') }}

)

select * from final
