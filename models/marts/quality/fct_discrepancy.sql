with found as (

    select * from {{ ref('int_discrepancies__found') }}

),

rules as (

    select * from {{ ref('stg_reference__consistency_rules') }}

),

known as (

    select * from {{ ref('stg_reference__known_discrepancies') }}

),

curated as (

    select
        'careful_reading' as rule_id,
        citation_id_a,
        citation_id_b,
        severity
    from {{ ref('stg_reference__curated_findings') }}

),

corrections as (

    select * from {{ ref('int_corrections__applied') }}

),

questions as (

    select * from {{ ref('stg_reference__questions') }}

),

measures as (

    select * from {{ ref('stg_reference__measures') }}

),

final as (

    select
        concat(found.rule_id, '/', found.citation_id_a, '/', coalesce(found.citation_id_b, '')) as discrepancy_id,
        found.rule_id,
        found.inspection_id,
        found.citation_id_a,
        found.citation_id_b,
        coalesce(questions.question_text, measures.measure_name, replace(found.subject, '_', ' ')) as subject,
        found.value_a,
        found.value_b,
        cast({{ rounded('found.difference', 2) }} as decimal(12, 2)) as difference,
        coalesce(known.severity, curated.severity, rules.severity) as severity,
        case
            when correction_a.citation_id is not null or correction_b.citation_id is not null then 'corrected'
            when coalesce(known.is_resolved, found.computed_explanation is not null) then 'explained'
            else 'open'
        end as status,
        coalesce(known.explanation, found.computed_explanation) as explanation,
        known.rule_id is not null or found.computed_explanation is not null or found.rule_id = 'careful_reading'
            as is_acknowledged
    from found
    inner join rules on found.rule_id = rules.rule_id
    left join known
        on
            found.rule_id = known.rule_id
            and found.citation_id_a = known.citation_id_a
            and coalesce(found.citation_id_b, '') = coalesce(known.citation_id_b, '')
    left join curated
        on
            found.rule_id = curated.rule_id
            and found.citation_id_a = curated.citation_id_a
            and coalesce(found.citation_id_b, '') = coalesce(curated.citation_id_b, '')
    left join questions on found.subject = questions.question_id
    left join measures on found.subject = measures.measure_id
    left join corrections as correction_a on found.citation_id_a = correction_a.citation_id
    left join corrections as correction_b on found.citation_id_b = correction_b.citation_id

)

select * from final
