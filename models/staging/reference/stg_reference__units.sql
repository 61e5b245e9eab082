with source as (select * from {{ ref('units') }}),

final as (

    select
        unit,
        unit_name,
        description
    from source

)

select * from final
