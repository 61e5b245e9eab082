{# Reports of one framework print a measure with the per cent sign or without it; the plain number is held against the
   first report that prints the sign. #}
with measures as (

    select * from {{ ref('int_measures__values') }}

),

inspections as (

    select * from {{ ref('stg_reports__inspections') }}

),

printed as (

    select
        measures.inspection_id,
        inspections.framework_id,
        inspections.inspection_year,
        measures.measure_id,
        measures.grade_id,
        measures.as_printed,
        measures.citation_id,
        {{ is_printed_percentage('measures.as_printed') }} as has_sign
    from measures
    inner join inspections on measures.inspection_id = inspections.inspection_id
    where measures.value_status = 'reported'

),

signed as (

    select
        printed.*,
        row_number() over (
            partition by framework_id, measure_id, grade_id
            order by inspection_year, citation_id
        ) as print_order
    from printed
    where has_sign

),

final as (

    select
        'workload_unit_printed_alike' as rule_id,
        printed.inspection_id,
        concat(printed.measure_id, ' of grade ', printed.grade_id) as subject,
        printed.citation_id as citation_id_a,
        signed.citation_id as citation_id_b,
        printed.as_printed as value_a,
        signed.as_printed as value_b,
        cast(null as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from printed
    inner join signed
        on
            printed.framework_id = signed.framework_id
            and printed.measure_id = signed.measure_id
            and printed.grade_id = signed.grade_id
    where
        not printed.has_sign and signed.print_order = 1

)

select * from final
