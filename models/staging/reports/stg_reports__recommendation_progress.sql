select
    inspection_id,
    document_id,
    {{ to_integer('progress_number') }} as progress_number,
    source_report,
    {{ to_integer('source_line_number') }} as source_line_number,
    {{ to_integer('source_column_number') }} as source_column_number,
    source_as_printed,
    {{ citation_id('source_line_number', 'source_column_number') }} as source_citation_id,
    {{ to_integer('source_report_year') }} as source_report_year,
    source_organisation_id,
    progress_id,
    improvement_required,
    {{ provenance_columns() }}
from {{ raw_table('recommendation_progress') }}
