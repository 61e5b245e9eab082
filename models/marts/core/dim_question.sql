with questions as (select * from {{ ref('stg_reference__questions') }}),
standards as (select * from {{ ref('stg_reference__standards') }}),
topics as (select * from {{ ref('stg_reference__topics') }}),

final as (

    select
        questions.question_id,
        questions.standard_id,
        standards.framework_id,
        questions.parent_question_id,
        questions.question_level,
        questions.question_order,
        questions.question_text,
        questions.topic_id,
        topics.topic_name,
        questions.excludes_unpaid_work_only,
        questions.not_in_every_case,
        questions.post_custody_only,
        questions.vocabulary_basis
    from questions
    inner join standards on questions.standard_id = standards.standard_id
    inner join topics on questions.topic_id = topics.topic_id

)

select * from final
