select
    inspection_id,
    document_id,
    place,
    standard_id,
    question_id,
    question_text,
    {{ to_percentage('as_printed') }} as yes_pct,
    {{ provenance_columns() }}
from {{ raw_table('key_questions') }}
