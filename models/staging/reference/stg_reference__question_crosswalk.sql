with source as (select * from {{ ref('question_crosswalk') }}),

final as (

    select
        conformed_question_id,
        conformed_topic_id,
        question_id,
        comparable,
        reason
    from source

)

select * from final
