with source as (select * from {{ ref('measures') }}),

final as (

    select
        measure_id,
        measure_name,
        measure_group,
        unit,
        polarity,
        definition
    from source

)

select * from final
