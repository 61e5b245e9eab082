with source as (select * from {{ ref('population_bases') }}),

final as (

    select
        population_id,
        case_group_id,
        fact
    from source

)

select * from final
