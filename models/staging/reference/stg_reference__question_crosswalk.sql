select
    conformed_question_id,
    conformed_topic_id,
    question_id,
    comparable,
    reason
from {{ ref('question_crosswalk') }}
