{# Reports of one framework print a measure with the per cent sign or without it; the plain number is held against the
   first report that prints the sign. #}
with measures as (select * from {{ ref('int_measures__values') }}),
inspections as (select * from {{ ref('stg_reports__inspections') }}),
measure_names as (select * from {{ ref('stg_reference__measures') }}),
staff_grades as (select * from {{ ref('stg_reference__staff_grades') }}),

workload_prints as (

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

prints_with_sign as (

    select
        workload_prints.*,
        row_number() over (
            partition by framework_id, measure_id, grade_id
            order by inspection_year, citation_id
        ) as print_order
    from workload_prints
    where has_sign

),

final as (

    select
        'workload_unit_printed_alike' as rule_id,
        workload_prints.inspection_id,
        concat(measure_names.measure_name, ': ', lower(staff_grades.grade_name)) as subject,
        workload_prints.citation_id as citation_id_a,
        prints_with_sign.citation_id as citation_id_b,
        workload_prints.as_printed as value_a,
        prints_with_sign.as_printed as value_b,
        cast(null as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from workload_prints
    inner join prints_with_sign
        on
            workload_prints.framework_id = prints_with_sign.framework_id
            and workload_prints.measure_id = prints_with_sign.measure_id
            and workload_prints.grade_id = prints_with_sign.grade_id
    inner join measure_names on workload_prints.measure_id = measure_names.measure_id
    inner join staff_grades on workload_prints.grade_id = staff_grades.grade_id
    where
        not workload_prints.has_sign and prints_with_sign.print_order = 1

)

select * from final
