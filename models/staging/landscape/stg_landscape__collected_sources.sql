select
    document_id,
    document_kind,
    title,
    publisher,
    sha256,
    licence,
    attribution
from {{ raw_table('collected_sources') }}
