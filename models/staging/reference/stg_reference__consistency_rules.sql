with source as (

    select * from {{ ref('consistency_rules') }}

),

final as (

    select
        rule_id,
        rule_group,
        severity,
        claim,
        misleads
    from source

)

select * from final
