with criteria as (select * from {{ ref('stg_reference__criteria') }}),
topics as (select * from {{ ref('stg_reference__topics') }}),

final as (

    select
        criteria.criterion_id,
        criteria.framework_id,
        criteria.criterion_code,
        criteria.criterion_name,
        criteria.section_name,
        criteria.topic_id,
        topics.topic_name
    from criteria
    inner join topics on criteria.topic_id = topics.topic_id

)

select * from final
