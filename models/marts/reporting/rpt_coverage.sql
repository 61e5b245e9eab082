with parts as (select * from {{ ref('int_coverage__parts') }}),
inspections as (select * from {{ ref('dim_inspection') }}),
discrepancies as (select * from {{ ref('fct_discrepancy') }}),

findings as (

    select
        inspection_id,
        count(*) as findings_n,
        sum(case when is_acknowledged then 0 else 1 end) as waiting_n,
        count(distinct rule_id) as rules_found_n
    from discrepancies
    group by inspection_id

),

final as (

    select
        inspection_id,
        part,
        part_order,
        found_n,
        accepted_n,
        rejected_n,
        waiting_n,
        status,
        cast(null as integer) as rules_run_n,
        cast(null as integer) as rules_found_n
    from parts

    union all

    select
        inspections.inspection_id,
        'rules' as part,
        9 as part_order,
        cast(coalesce(findings.findings_n, 0) as integer) as found_n,
        cast(coalesce(findings.findings_n - findings.waiting_n, 0) as integer) as accepted_n,
        0 as rejected_n,
        cast(coalesce(findings.waiting_n, 0) as integer) as waiting_n,
        case when findings.waiting_n > 0 then 'partly_read' else inspections.coverage_status end as status,
        cast(null as integer) as rules_run_n,
        cast(coalesce(findings.rules_found_n, 0) as integer) as rules_found_n
    from inspections
    left join findings on inspections.inspection_id = findings.inspection_id

)

select * from final
