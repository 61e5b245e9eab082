with source as (select * from {{ raw_table('report_pages') }}),

final as (

    select
        document_id,
        url,
        page_kind
    from source

)

select * from final
