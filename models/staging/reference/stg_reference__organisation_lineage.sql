select
    predecessor_organisation_id,
    successor_organisation_id,
    relation,
    predecessor_share,
    successor_share,
    {{ to_first_day('effective_date') }} as effective_date,
    case length(effective_date) when 4 then 'year' when 7 then 'month' else 'day' end as effective_date_precision,
    source_document_id,
    {{ to_integer('source_line_number') }} as source_line_number
from {{ raw_table('organisation_lineage') }}
