select
    inspection_id,
    document_id,
    {{ to_integer('recommendation_number') }} as recommendation_number,
    addressee_id,
    addressee_as_printed,
    {{ provenance_columns() }}
from {{ raw_table('recommendations') }}
