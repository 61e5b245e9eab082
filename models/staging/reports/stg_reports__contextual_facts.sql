select
    inspection_id,
    document_id,
    measure_id,
    population_id,
    figure_role,
    {{ to_number('value') }} as value,
    unit,
    supplied_by,
    {{ provenance_columns() }}
from {{ raw_table('contextual_facts') }}
