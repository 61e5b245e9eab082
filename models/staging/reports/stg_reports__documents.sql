select
    inspection_id,
    document_id,
    title,
    {{ to_first_day('publication_month') }} as publication_month,
    isbn,
    {{ to_integer('isbn_line_number') }} as isbn_line_number,
    {{ to_integer('isbn_column_number') }} as isbn_column_number,
    isbn_as_printed,
    case when isbn is not null then {{ citation_id('isbn_line_number', 'isbn_column_number') }} end
        as isbn_citation_id,
    layout,
    source_format,
    sha256,
    supersedes_document_id,
    {{ provenance_columns() }}
from {{ raw_table('documents') }}
