with source as (select * from {{ raw_table('corrections') }}),

final as (

    select
        citation_id,
        printed_value,
        corrected_value,
        reason
    from source

)

select * from final
