select
    value_status,
    description
from {{ ref('value_statuses') }}
