select
    standard_id,
    framework_id,
    standard_code,
    standard_name,
    standard_text,
    {{ to_integer('domain_code') }} as domain_code,
    domain_name,
    {{ to_integer('standard_order') }} as standard_order,
    {{ to_boolean('is_rated') }} as is_rated,
    rating_basis,
    {{ to_boolean('is_case_supervision') }} as is_case_supervision,
    topic_id,
    vocabulary_basis
from {{ ref('standards') }}
