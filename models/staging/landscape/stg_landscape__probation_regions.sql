with source as (select * from {{ raw_table('probation_regions') }}),

final as (

    select
        region_id,
        region_name,
        nation,
        register_uuid,
        {{ to_integer('registered_pdus_n') }} as registered_pdus_n
    from source

)

select * from final
