select
    grade_id,
    grade_name,
    {{ to_integer('grade_order') }} as grade_order
from {{ ref('staff_grades') }}
