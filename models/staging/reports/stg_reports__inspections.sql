select
    inspection_id,
    document_id,
    organisation_id,
    framework_id,
    inspection_type,
    {{ to_integer('inspection_year') }} as inspection_year,
    reported_in,
    {{ provenance_columns() }}
from {{ raw_table('inspections') }}
