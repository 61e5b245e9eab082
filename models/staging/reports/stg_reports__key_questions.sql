select
    inspection_id,
    document_id,
    place,
    standard_id,
    question_id,
    question_text,
    case when value_status = 'reported' then {{ to_percentage('as_printed') }} end as yes_pct,
    value_status,
    {{ provenance_columns() }}
from {{ raw_table('key_questions') }}
