select
    inspection_id,
    document_id,
    figure_table,
    place,
    standard_id,
    question_id,
    measure_id,
    grade_id,
    comparator_id,
    {{ to_number('value') }} as value,
    unit,
    value_status,
    {{ provenance_columns() }}
from {{ raw_table('comparators') }}
