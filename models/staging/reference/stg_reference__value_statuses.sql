with source as (select * from {{ ref('value_statuses') }}),

final as (

    select
        value_status,
        description
    from source

)

select * from final
