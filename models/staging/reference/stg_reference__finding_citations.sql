select
    discrepancy_id,
    citation_id,
    side
from {{ raw_table('finding_citations') }}
