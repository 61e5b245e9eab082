select
    criterion_id,
    framework_id,
    criterion_code,
    criterion_name,
    section_name,
    topic_id
from {{ ref('criteria') }}
