with source as (select * from {{ raw_table('ratings') }}),

final as (

    select
        inspection_id,
        document_id,
        place,
        standard_id,
        rating_id,
        {{ provenance_columns() }}
    from source

)

select * from final
