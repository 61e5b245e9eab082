with lineage as (select * from {{ ref('stg_reference__organisation_lineage') }}),

final as (

    select
        predecessor_organisation_id,
        successor_organisation_id,
        relation,
        predecessor_share,
        successor_share,
        effective_date,
        effective_date_precision,
        source_document_id,
        source_line_number
    from lineage

)

select * from final
