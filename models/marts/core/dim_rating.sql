with scale as (select * from {{ ref('stg_reference__rating_scale') }}),

final as (

    select
        rating_id,
        rating_name as rating,
        points,
        low_pct as band_low_pct,
        high_pct as band_high_pct
    from scale

)

select * from final
