with measures as (

    select * from {{ ref('int_measures__values') }}

),

grades as (

    select * from {{ ref('stg_reference__staff_grades') }}

),

own as (

    select * from measures
    where source_table = 'staffing' and not is_wider

),

regional as (

    select * from measures
    where source_table = 'staffing' and population_id = 'region'

),

final as (

    select
        own.inspection_id,
        own.measure_id,
        own.grade_id,
        grades.grade_name,
        own.value,
        own.unit,
        own.value_status,
        own.as_printed,
        regional.value as region_value,
        coalesce(regional.value_status, 'not_printed') as region_value_status,
        own.label as printed_label,
        own.supplied_by,
        own.is_corrected,
        own.citation_id,
        regional.citation_id as region_citation_id
    from own
    inner join grades on own.grade_id = grades.grade_id
    left join regional
        on
            own.inspection_id = regional.inspection_id
            and own.measure_id = regional.measure_id
            and own.grade_id = regional.grade_id

)

select * from final
