with source as (select * from {{ ref('topics') }}),

final as (

    select
        topic_id,
        topic_name,
        description
    from source

)

select * from final
