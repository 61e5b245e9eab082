with rules as (

    select * from {{ ref('stg_reference__consistency_rules') }}

),

found as (

    select * from {{ ref('int_discrepancies__found') }}

),

counted as (

    select
        rule_id,
        count(*) as findings_n
    from found
    group by rule_id

),

final as (

    select
        rules.rule_id,
        rules.rule_group,
        rules.severity,
        rules.claim,
        rules.misleads,
        cast(coalesce(counted.findings_n, 0) as integer) as findings_n
    from rules
    left join counted on rules.rule_id = counted.rule_id

)

select * from final
