select
    fact,
    value_type,
    applies_to_framework_id,
    description
from {{ ref('inspection_fact_types') }}
