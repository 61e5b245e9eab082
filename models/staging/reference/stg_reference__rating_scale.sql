select
    rating_id,
    rating_name,
    {{ to_integer('points') }} as points,
    {{ to_percentage('low_pct') }} as low_pct,
    {{ to_percentage('high_pct') }} as high_pct
from {{ ref('rating_scale') }}
