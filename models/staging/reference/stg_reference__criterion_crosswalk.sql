select
    criterion_id,
    conformed_topic_id,
    comparable,
    reason
from {{ ref('criterion_crosswalk') }}
