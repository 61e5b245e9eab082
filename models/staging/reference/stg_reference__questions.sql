select
    question_id,
    standard_id,
    question_level,
    parent_question_id,
    {{ to_integer('question_order') }} as question_order,
    question_text,
    topic_id,
    {{ to_boolean('excludes_unpaid_work_only') }} as excludes_unpaid_work_only,
    {{ to_boolean('not_in_every_case') }} as not_in_every_case,
    {{ to_boolean('post_custody_only') }} as post_custody_only,
    vocabulary_basis
from {{ ref('questions') }}
