select
    comparator_id,
    comparator_name,
    description
from {{ ref('comparator_kinds') }}
