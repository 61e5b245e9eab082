select
    inspection_id,
    document_id,
    description,
    {{ provenance_columns() }}
from {{ raw_table('statements') }}
