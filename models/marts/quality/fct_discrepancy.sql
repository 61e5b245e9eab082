{# A breach that is a further print of a finding is no row of its own: its citations are in
   bridge_discrepancy_citation. #}
with breaches as (select * from {{ ref('int_discrepancies__found') }}),

findings as (

    select * from {{ ref('int_discrepancies__findings') }}
    where breach_id = discrepancy_id

),

rules as (select * from {{ ref('stg_reference__consistency_rules') }}),
explanations as (select * from {{ ref('stg_reference__known_discrepancies') }}),

curated_findings as (

    select
        'careful_reading' as rule_id,
        citation_id_a,
        citation_id_b,
        severity,
        is_resolved
    from {{ ref('stg_reference__curated_findings') }}

),

corrections as (select * from {{ ref('int_corrections__applied') }}),
questions as (select * from {{ ref('stg_reference__questions') }}),
measures as (select * from {{ ref('stg_reference__measures') }}),

final as (

    select
        findings.discrepancy_id,
        breaches.rule_id,
        breaches.inspection_id,
        breaches.citation_id_a,
        breaches.citation_id_b,
        coalesce(questions.question_text, measures.measure_name, replace(breaches.subject, '_', ' ')) as subject,
        breaches.value_a,
        breaches.value_b,
        cast({{ rounded('breaches.difference', 2) }} as decimal(12, 2)) as difference,
        coalesce(explanations.severity, curated_findings.severity, rules.severity) as severity,
        explanations.severity_reason,
        case
            when correction_a.citation_id is not null or correction_b.citation_id is not null then 'corrected'
            when
                coalesce(
                    explanations.is_resolved, curated_findings.is_resolved, breaches.computed_explanation is not null
                )
                then 'explained'
            else 'open'
        end as status,
        coalesce(explanations.explanation, breaches.computed_explanation) as explanation,
        explanations.rule_id is not null
        or breaches.computed_explanation is not null
        or breaches.rule_id = 'careful_reading' as is_acknowledged
    from breaches
    inner join findings on {{ discrepancy_id('breaches.') }} = findings.breach_id
    inner join rules on breaches.rule_id = rules.rule_id
    left join explanations
        on
            breaches.rule_id = explanations.rule_id
            and breaches.citation_id_a = explanations.citation_id_a
            and coalesce(breaches.citation_id_b, '') = coalesce(explanations.citation_id_b, '')
    left join curated_findings
        on
            breaches.rule_id = curated_findings.rule_id
            and breaches.citation_id_a = curated_findings.citation_id_a
            and coalesce(breaches.citation_id_b, '') = coalesce(curated_findings.citation_id_b, '')
    left join questions on breaches.subject = questions.question_id
    left join measures on breaches.subject = measures.measure_id
    left join corrections as correction_a on breaches.citation_id_a = correction_a.citation_id
    left join corrections as correction_b on breaches.citation_id_b = correction_b.citation_id

)

select * from final
