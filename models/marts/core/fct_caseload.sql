with figures as (select * from {{ ref('int_measures__values') }}),
measures as (select * from {{ ref('stg_reference__measures') }}),

final as (

    select
        figures.inspection_id,
        figures.measure_id,
        figures.population_id,
        figures.measure_id = 'caseload_total' as is_total,
        figures.value,
        figures.unit,
        figures.as_printed,
        figures.supplied_by,
        figures.is_corrected,
        figures.citation_id
    from figures
    inner join measures on figures.measure_id = measures.measure_id
    where
        figures.source_table = 'caseloads'
        or (figures.source_table = 'contextual_facts' and measures.measure_group = 'caseload')

)

select * from final
