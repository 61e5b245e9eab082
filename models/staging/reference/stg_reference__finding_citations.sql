with source as (select * from {{ raw_table('finding_citations') }}),

final as (

    select
        discrepancy_id,
        citation_id,
        side
    from source

)

select * from final
