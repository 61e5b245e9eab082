with source as (select * from {{ ref('inspection_fact_types') }}),

final as (

    select
        fact,
        value_type,
        applies_to_framework_id,
        description
    from source

)

select * from final
