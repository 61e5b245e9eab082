with source as (select * from {{ ref('case_groups') }}),

final as (

    select
        case_group_id,
        description
    from source

)

select * from final
