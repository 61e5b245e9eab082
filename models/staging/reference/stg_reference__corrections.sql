select
    citation_id,
    printed_value,
    corrected_value,
    reason
from {{ raw_table('corrections') }}
