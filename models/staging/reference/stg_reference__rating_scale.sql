with source as (

    select * from {{ ref('rating_scale') }}

),

final as (

    select
        rating_id,
        rating_name,
        {{ to_integer('points') }} as points,
        {{ try_to('low_pct', 'decimal(7, 2)') }} as low_pct,
        {{ try_to('high_pct', 'decimal(7, 2)') }} as high_pct
    from source

)

select * from final
