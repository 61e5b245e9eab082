select
    standard_id,
    conformed_standard_id,
    comparable,
    reason
from {{ ref('standard_crosswalk') }}
