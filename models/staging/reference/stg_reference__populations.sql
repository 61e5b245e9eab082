with source as (

    select * from {{ ref('populations') }}

),

final as (

    select
        population_id,
        population_name,
        description,
        {{ to_boolean('is_sample') }} as is_sample
    from source

)

select * from final
