with source as (select * from {{ raw_table('region_spellings') }}),

final as (

    select
        spelling,
        region_id
    from source

)

select * from final
