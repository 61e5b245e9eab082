with source as (select * from {{ ref('consistency_rules') }}),

final as (

    select
        rule_id,
        rule_group,
        severity,
        one_finding_per,
        claim,
        misleads
    from source

)

select * from final
