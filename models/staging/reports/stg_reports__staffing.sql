select
    inspection_id,
    document_id,
    measure_id,
    grade_id,
    population_id,
    label as printed_label,
    {{ to_number('value') }} as value,
    unit,
    value_status,
    supplied_by,
    {{ provenance_columns() }}
from {{ raw_table('staffing') }}
