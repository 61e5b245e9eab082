select
    question_id,
    measure_id
from {{ ref('question_measures') }}
