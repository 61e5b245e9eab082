select
    theme_id,
    theme_name,
    description
from {{ ref('themes') }}
