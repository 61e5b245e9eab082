select
    finding_id,
    citation_id_a,
    citation_id_b,
    value_a,
    value_b,
    severity,
    {{ to_boolean('is_resolved') }} as is_resolved,
    finding,
    explanation
from {{ raw_table('curated_findings') }}
