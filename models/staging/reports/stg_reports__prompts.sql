select
    inspection_id,
    document_id,
    standard_id,
    question_id,
    question_text,
    flags,
    {{ to_percentage('as_printed') }} as yes_pct,
    {{ provenance_columns() }}
from {{ raw_table('prompts') }}
