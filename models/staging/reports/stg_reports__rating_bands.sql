with source as (

    select * from {{ raw_table('rating_bands') }}

),

final as (

    select
        inspection_id,
        document_id,
        rating_id,
        {{ try_to('low_pct', 'decimal(7, 2)') }} as low_pct,
        {{ try_to('high_pct', 'decimal(7, 2)') }} as high_pct,
        {{ provenance_columns() }}
    from source

)

select * from final
