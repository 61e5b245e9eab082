with source as (select * from {{ ref('standard_crosswalk') }}),

final as (

    select
        standard_id,
        conformed_standard_id,
        comparable,
        reason
    from source

)

select * from final
