select
    measure_id,
    measure_name,
    measure_group,
    unit,
    polarity,
    definition
from {{ ref('measures') }}
