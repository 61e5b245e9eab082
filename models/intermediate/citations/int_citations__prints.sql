with final as (

    {% for table in report_tables() -%}
    select
        citation_id, document_id, section, table_name, row_number, line_number, column_number, page_from,
        page_to, as_printed
    from {{ ref('stg_reports__' ~ table) }}
    union all
    {% endfor %}
    select
        isbn_citation_id as citation_id, document_id, 'Imprint' as section, null as table_name, null as row_number,
        isbn_line_number as line_number, isbn_column_number as column_number, null as page_from, null as page_to,
        isbn_as_printed as as_printed
    from {{ ref('stg_reports__documents') }}
    where isbn is not null

    union all

    select
        source_citation_id as citation_id, document_id, section, null as table_name, null as row_number,
        source_line_number as line_number, source_column_number as column_number, page_from, page_to,
        source_as_printed as as_printed
    from {{ ref('stg_reports__recommendation_progress') }}

)

select * from final
