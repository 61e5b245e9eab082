select
    population_id,
    case_group_id,
    fact
from {{ ref('population_bases') }}
