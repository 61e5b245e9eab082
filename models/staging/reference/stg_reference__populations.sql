select
    population_id,
    population_name,
    description,
    {{ to_boolean('is_sample') }} as is_sample,
    {{ to_boolean('is_survey') }} as is_survey
from {{ ref('populations') }}
