select
    topic_id,
    topic_name,
    description
from {{ ref('topics') }}
