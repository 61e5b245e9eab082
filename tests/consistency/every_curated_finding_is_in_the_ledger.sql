select curated.finding_id, curated.citation_id_a, curated.citation_id_b
from {{ ref('stg_reference__curated_findings') }} as curated
left join {{ ref('fct_discrepancy') }} as ledger
    on
        ledger.rule_id = 'careful_reading'
        and curated.citation_id_a = ledger.citation_id_a
        and coalesce(curated.citation_id_b, '') = coalesce(ledger.citation_id_b, '')
left join {{ ref('dim_citation') }} as other on curated.citation_id_b = other.citation_id
where ledger.rule_id is null or (curated.citation_id_b is not null and other.citation_id is null)
