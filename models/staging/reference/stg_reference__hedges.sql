select
    hedge_id,
    {{ to_number('low_offset') }} as low_offset,
    {{ to_number('high_offset') }} as high_offset,
    description
from {{ ref('hedges') }}
