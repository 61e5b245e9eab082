select
    spelling,
    region_id
from {{ raw_table('region_spellings') }}
