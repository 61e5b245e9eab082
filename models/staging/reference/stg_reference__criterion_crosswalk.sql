with source as (select * from {{ ref('criterion_crosswalk') }}),

final as (

    select
        criterion_id,
        conformed_topic_id,
        comparable,
        reason
    from source

)

select * from final
