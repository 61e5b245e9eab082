select
    scope_id,
    base_fact,
    denominator_basis,
    fallback_fact,
    reason
from {{ ref('question_bases') }}
