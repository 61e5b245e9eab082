with figures as (select * from {{ ref('int_reported_figures__normalised') }}),

final as (

    select
        'text_percentage_possible_for_its_base' as rule_id,
        inspection_id,
        description as subject,
        citation_id as citation_id_a,
        cast(null as {{ dbt.type_string() }}) as citation_id_b,
        as_printed as value_a,
        concat('base of ', {{ number_text('denominator_n') }}) as value_b,
        cast(null as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from figures
    where
        is_percentage
        and is_exact
        and numerator_n is null
        and {{ lowest_possible_count('value_pct', 'denominator_n', 'decimals') }}
        > {{ highest_possible_count('value_pct', 'denominator_n', 'decimals') }}

)

select * from final
