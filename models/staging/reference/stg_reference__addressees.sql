with source as (select * from {{ ref('addressees') }}),

final as (

    select
        addressee_id,
        addressee_name
    from source

)

select * from final
