with source as (select * from {{ raw_table('stated_margins') }}),

final as (

    select
        inspection_id,
        population_id,
        margin_citation_id,
        confidence_citation_id
    from source

)

select * from final
