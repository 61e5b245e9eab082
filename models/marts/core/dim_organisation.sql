with organisations as (select * from {{ ref('stg_reference__organisations') }}),
areas as (select * from {{ ref('stg_reference__areas') }}),
inspections as (select * from {{ ref('stg_reports__inspections') }}),

inspection_counts as (

    select
        organisation_id,
        count(*) as inspections_n
    from inspections
    group by organisation_id

),

final as (

    select
        organisations.organisation_id,
        organisations.organisation_name,
        organisations.organisation_type,
        organisations.region_name,
        organisations.area_id,
        areas.area_name,
        cast(coalesce(inspection_counts.inspections_n, 0) as integer) as inspections_n
    from organisations
    left join areas on organisations.area_id = areas.area_id
    left join inspection_counts on organisations.organisation_id = inspection_counts.organisation_id

)

select * from final
