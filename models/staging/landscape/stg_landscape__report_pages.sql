select
    document_id,
    url,
    page_kind
from {{ raw_table('report_pages') }}
