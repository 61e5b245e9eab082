with source as (select * from {{ ref('themes') }}),

final as (

    select
        theme_id,
        theme_name,
        description
    from source

)

select * from final
