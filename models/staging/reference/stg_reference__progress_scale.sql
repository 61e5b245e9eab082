with source as (select * from {{ ref('progress_scale') }}),

final as (

    select
        progress_id,
        progress_name,
        {{ to_integer('progress_order') }} as progress_order
    from source

)

select * from final
