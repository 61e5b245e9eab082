select
    inspection_id,
    document_id,
    standard_id,
    footnote_mark,
    {{ provenance_columns() }}
from {{ raw_table('rating_discretions') }}
