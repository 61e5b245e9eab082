select
    rule_id,
    rule_group,
    severity,
    one_finding_per,
    claim,
    misleads
from {{ ref('consistency_rules') }}
