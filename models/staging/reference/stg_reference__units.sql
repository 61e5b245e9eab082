select
    unit,
    unit_name,
    description
from {{ ref('units') }}
