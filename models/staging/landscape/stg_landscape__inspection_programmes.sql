select
    programme_id,
    framework_id,
    programme_name,
    collected_as,
    {{ to_integer('standards_n') }} as standards_n,
    {{ to_integer('score_max') }} as score_max,
    {{ to_boolean('is_rated') }} as is_rated,
    {{ to_integer('inspections_n') }} as inspections_n,
    description
from {{ raw_table('inspection_programmes') }}
