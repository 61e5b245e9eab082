with source as (select * from {{ raw_table('statements') }}),

final as (

    select
        inspection_id,
        document_id,
        description,
        {{ provenance_columns() }}
    from source

)

select * from final
