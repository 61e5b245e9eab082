select
    inspection_id,
    document_id,
    standard_id,
    question_id,
    question_text,
    flags,
    case when value_status = 'reported' then {{ to_percentage('as_printed') }} end as yes_pct,
    value_status,
    {{ provenance_columns() }}
from {{ raw_table('prompts') }}
