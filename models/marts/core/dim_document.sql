with documents as (

    select * from {{ ref('stg_reports__documents') }}

),

collections as (

    select * from {{ ref('stg_landscape__collected_sources') }}

),

final as (

    select
        document_id,
        'report' as document_kind,
        title,
        'HM Inspectorate of Probation' as publisher,
        publication_month,
        isbn,
        isbn_citation_id,
        layout,
        source_format,
        sha256,
        supersedes_document_id,
        'Open Government Licence v3.0' as licence,
        'Contains public sector information licensed under the Open Government Licence v3.0.' as attribution
    from documents

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
        licence,
        attribution
    from collections

)

select * from final
