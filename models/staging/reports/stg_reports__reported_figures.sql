with source as (select * from {{ raw_table('reported_figures') }}),

final as (

    select
        inspection_id,
        document_id,
        description,
        {{ to_number('value') }} as value,
        unit,
        {{ to_number('numerator_n') }} as numerator_n,
        {{ to_integer('denominator_n') }} as denominator_n,
        {{ to_percentage('value_pct') }} as value_pct,
        hedge_id,
        polarity,
        population_id,
        case_group_id,
        standard_id,
        question_id,
        measure_id,
        grade_id,
        comparator_kind,
        fact_key,
        part_of_fact_key,
        {{ provenance_columns() }}
    from source

)

select * from final
