select
    document_id,
    table_name,
    {{ to_integer('rows_n') }} as rows_n,
    reason
from {{ raw_table('expected_row_counts') }}
