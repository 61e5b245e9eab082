select
    {{ to_integer('score_max') }} as score_max,
    rating_id,
    {{ to_integer('low_score') }} as low_score,
    {{ to_integer('high_score') }} as high_score
from {{ ref('score_bands') }}
