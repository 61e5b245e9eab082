select
    inspection_id,
    {{ to_integer('progress_number') }} as progress_number,
    title,
    theme_id
from {{ raw_table('progress_titles') }}
