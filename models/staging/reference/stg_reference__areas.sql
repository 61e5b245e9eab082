select
    area_id,
    area_name,
    description
from {{ raw_table('areas') }}
