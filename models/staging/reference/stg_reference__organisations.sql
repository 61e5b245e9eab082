with source as (select * from {{ raw_table('organisations') }}),

final as (

    select
        organisation_id,
        organisation_name,
        organisation_type,
        region_name,
        area_id
    from source

)

select * from final
