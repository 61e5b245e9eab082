select
    document_id,
    inspection_id,
    draft_kind,
    target_table,
    item,
    section,
    {{ to_integer('page_from') }} as page_from,
    {{ to_integer('page_to') }} as page_to,
    {{ to_integer('line_number') }} as line_number,
    {{ to_integer('column_number') }} as column_number,
    as_printed,
    {{ to_boolean('is_sure') }} as is_sure,
    decision,
    reviewed_by,
    {{ to_first_day('reviewed_on') }} as reviewed_on,
    reason
from {{ raw_table('drafts') }}
