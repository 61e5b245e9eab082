select
    progress_id,
    progress_name,
    {{ to_integer('progress_order') }} as progress_order
from {{ ref('progress_scale') }}
