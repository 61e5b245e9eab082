with measures as (select * from {{ ref('int_measures__values') }}),
grades as (select * from {{ ref('stg_reference__staff_grades') }}),

own_figures as (

    select * from measures
    where source_table = 'staffing' and not is_wider

),

regional_figures as (

    select * from measures
    where source_table = 'staffing' and population_id = 'region'

),

final as (

    select
        own_figures.inspection_id,
        own_figures.measure_id,
        own_figures.grade_id,
        grades.grade_name,
        own_figures.grade_id = 'all' as is_total,
        own_figures.value,
        own_figures.unit,
        own_figures.value_status,
        own_figures.as_printed,
        regional_figures.value as region_value,
        coalesce(regional_figures.value_status, 'not_printed') as region_value_status,
        own_figures.printed_label,
        own_figures.supplied_by,
        own_figures.is_corrected,
        own_figures.citation_id,
        regional_figures.citation_id as region_citation_id
    from own_figures
    inner join grades on own_figures.grade_id = grades.grade_id
    left join regional_figures
        on
            own_figures.inspection_id = regional_figures.inspection_id
            and own_figures.measure_id = regional_figures.measure_id
            and own_figures.grade_id = regional_figures.grade_id

)

select * from final
