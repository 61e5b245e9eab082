with source as (

    select * from {{ raw_table('inspection_facts') }}

),

final as (

    select
        inspection_id,
        document_id,
        fact,
        value,
        value_precision,
        {{ provenance_columns() }}
    from source

)

select * from final
