select
    inspection_id,
    document_id,
    place,
    criterion_id,
    {{ to_percentage('as_printed') }} as score_pct,
    {{ provenance_columns() }}
from {{ raw_table('criterion_scores') }}
