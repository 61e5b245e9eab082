{# A row is about a finding, or about a breach that is one more print of a finding; both must be there. #}
with known as (

    select
        known_discrepancies.*,
        coalesce(
            severity, severity_reason, explanation, cast(is_resolved as {{ dbt.type_string() }})
        ) as anything_filled_in
    from {{ ref('stg_reference__known_discrepancies') }} as known_discrepancies

),

rules as (select * from {{ ref('dim_consistency_rule') }}),

findings as (select * from {{ ref('int_discrepancies__findings') }})

select
    known.rule_id,
    known.citation_id_a,
    known.citation_id_b,
    known.same_as,
    known.explanation,
    case
        when breaches.breach_id is null then 'nothing breaks the rule there: delete the row'
        when known.same_as is null and breaches.discrepancy_id <> breaches.breach_id
            then concat('one more print of ', breaches.discrepancy_id, ': delete the row, or explain that one')
        when known.same_as is not null and merged_into.breach_id is null then 'same_as names no finding'
        when known.same_as is not null and known.anything_filled_in is not null
            then 'one more print of a finding needs nothing but same_as'
        when known.same_as is null and (known.explanation is null or known.is_resolved is null)
            then 'explanation and is_resolved are missing'
        else 'the severity is the rule''s, or nothing says why it is not: severity_reason'
    end as what_is_wrong
from known
inner join rules on known.rule_id = rules.rule_id
left join findings as breaches
    on
        known.rule_id = breaches.rule_id
        and known.citation_id_a = breaches.citation_id_a
        and coalesce(known.citation_id_b, '') = coalesce(breaches.citation_id_b, '')
left join findings as merged_into
    on known.same_as = merged_into.breach_id and merged_into.breach_id = merged_into.discrepancy_id
where
    breaches.breach_id is null
    or (known.same_as is null and breaches.discrepancy_id <> breaches.breach_id)
    or (known.same_as is not null and merged_into.breach_id is null)
    or (known.same_as is not null and known.anything_filled_in is not null)
    or (known.same_as is null and (known.explanation is null or known.is_resolved is null))
    or known.severity = rules.severity
    or (known.severity is null) <> (known.severity_reason is null)
