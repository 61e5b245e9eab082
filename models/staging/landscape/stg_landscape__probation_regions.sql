select
    region_id,
    region_name,
    nation,
    register_uuid,
    {{ to_integer('registered_pdus_n') }} as registered_pdus_n
from {{ raw_table('probation_regions') }}
