select
    rule_id,
    citation_id_a,
    citation_id_b,
    same_as,
    severity,
    severity_reason,
    {{ to_boolean('is_resolved') }} as is_resolved,
    explanation
from {{ raw_table('known_discrepancies') }}
