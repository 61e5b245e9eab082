select
    framework_id,
    framework_name,
    applies_to,
    {{ to_integer('first_year') }} as first_year,
    {{ to_integer('last_year') }} as last_year,
    {{ to_integer('score_max') }} as score_max,
    description,
    vocabulary_basis
from {{ ref('frameworks') }}
