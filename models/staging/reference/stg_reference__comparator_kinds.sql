with source as (select * from {{ ref('comparator_kinds') }}),

final as (

    select
        comparator_id,
        comparator_name,
        description
    from source

)

select * from final
