with source as (select * from {{ raw_table('rating_discretions') }}),

final as (

    select
        inspection_id,
        document_id,
        standard_id,
        footnote_mark,
        {{ provenance_columns() }}
    from source

)

select * from final
