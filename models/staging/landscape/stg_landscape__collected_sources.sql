with source as (select * from {{ raw_table('collected_sources') }}),

final as (

    select
        document_id,
        document_kind,
        title,
        publisher,
        sha256,
        licence,
        attribution
    from source

)

select * from final
