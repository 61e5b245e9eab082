with inspections as (select * from {{ ref('stg_reports__inspections') }}),
fact_types as (select * from {{ ref('stg_reference__inspection_fact_types') }}),
facts as (select * from {{ ref('stg_reports__inspection_facts') }}),

final as (

    select
        inspections.inspection_id,
        fact_types.fact,
        fact_types.value_type,
        facts.value_n,
        facts.value_date,
        facts.date_precision,
        facts.printed_score as score,
        case
            when facts.citation_id is not null then 'reported'
            when fact_types.applies_to_framework_id <> inspections.framework_id then 'not_applicable'
            else 'not_printed'
        end as value_status,
        facts.as_printed,
        facts.citation_id
    from inspections
    cross join fact_types
    left join facts
        on inspections.inspection_id = facts.inspection_id and fact_types.fact = facts.fact

)

select * from final
