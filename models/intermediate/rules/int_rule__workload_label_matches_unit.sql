with measures as (select * from {{ ref('int_measures__values') }}),

final as (

    select
        'workload_label_matches_unit' as rule_id,
        inspection_id,
        measure_id as subject,
        citation_id as citation_id_a,
        cast(null as {{ dbt.type_string() }}) as citation_id_b,
        printed_label as value_a,
        as_printed as value_b,
        cast(null as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from measures
    where
        (printed_label like 'Number of %' or printed_label like 'Total number of %')
        and {{ is_printed_percentage('as_printed') }}

)

select * from final
