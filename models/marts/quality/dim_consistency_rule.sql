with rules as (select * from {{ ref('stg_reference__consistency_rules') }}),
breaches as (select * from {{ ref('int_discrepancies__found') }}),

breach_counts as (

    select
        rule_id,
        count(*) as findings_n
    from breaches
    group by rule_id

),

final as (

    select
        rules.rule_id,
        rules.rule_group,
        rules.severity,
        rules.claim,
        rules.misleads,
        cast(coalesce(breach_counts.findings_n, 0) as integer) as findings_n
    from rules
    left join breach_counts on rules.rule_id = breach_counts.rule_id

)

select * from final
