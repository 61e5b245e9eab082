with documents as (select * from {{ ref('stg_reports__documents') }}),
report_pages as (select * from {{ ref('stg_landscape__report_pages') }}),
collections as (select * from {{ ref('stg_landscape__collected_sources') }}),

final as (

    select
        documents.document_id,
        'report' as document_kind,
        documents.title,
        'HM Inspectorate of Probation' as publisher,
        documents.publication_month,
        documents.isbn,
        documents.isbn_citation_id,
        documents.layout,
        documents.source_format,
        documents.sha256,
        documents.supersedes_document_id,
        report_pages.url,
        report_pages.page_kind,
        'Open Government Licence v3.0' as licence,
        'Contains public sector information licensed under the Open Government Licence v3.0.' as attribution
    from documents
    left join report_pages on documents.document_id = report_pages.document_id

    union all

    select
        document_id,
        document_kind,
        title,
        publisher,
        cast(null as date) as publication_month,
        cast(null as {{ dbt.type_string() }}) as isbn,
        cast(null as {{ dbt.type_string() }}) as isbn_citation_id,
        cast(null as {{ dbt.type_string() }}) as layout,
        'csv' as source_format,
        sha256,
        cast(null as {{ dbt.type_string() }}) as supersedes_document_id,
        cast(null as {{ dbt.type_string() }}) as url,
        cast(null as {{ dbt.type_string() }}) as page_kind,
        licence,
        attribution
    from collections

)

select * from final
