with source as (select * from {{ ref('criteria') }}),

final as (

    select
        criterion_id,
        framework_id,
        criterion_code,
        criterion_name,
        section_name,
        topic_id
    from source

)

select * from final
