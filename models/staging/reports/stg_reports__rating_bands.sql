select
    inspection_id,
    document_id,
    rating_id,
    {{ to_percentage('low_pct') }} as low_pct,
    {{ to_percentage('high_pct') }} as high_pct,
    {{ provenance_columns() }}
from {{ raw_table('rating_bands') }}
