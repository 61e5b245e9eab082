select
    organisation_id,
    organisation_name,
    organisation_type,
    region_name,
    area_id
from {{ raw_table('organisations') }}
