select
    case_group_id,
    description
from {{ ref('case_groups') }}
