with source as (select * from {{ raw_table('areas') }}),

final as (

    select
        area_id,
        area_name,
        description
    from source

)

select * from final
