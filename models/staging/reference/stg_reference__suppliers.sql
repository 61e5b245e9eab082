select
    supplied_by,
    supplier_name,
    description
from {{ ref('suppliers') }}
