select
    inspection_id,
    document_id,
    place,
    standard_id,
    rating_id,
    {{ provenance_columns() }}
from {{ raw_table('ratings') }}
