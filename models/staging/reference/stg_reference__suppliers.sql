with source as (select * from {{ ref('suppliers') }}),

final as (

    select
        supplied_by,
        supplier_name,
        description
    from source

)

select * from final
