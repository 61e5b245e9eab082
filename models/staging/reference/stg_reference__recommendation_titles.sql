select
    inspection_id,
    {{ to_integer('recommendation_number') }} as recommendation_number,
    title,
    theme_id,
    second_theme_id
from {{ raw_table('recommendation_titles') }}
