select known.rule_id, known.citation_id_a, known.citation_id_b, known.explanation
from {{ ref('stg_reference__known_discrepancies') }} as known
left join {{ ref('int_discrepancies__found') }} as found
    on
        known.rule_id = found.rule_id
        and known.citation_id_a = found.citation_id_a
        and coalesce(known.citation_id_b, '') = coalesce(found.citation_id_b, '')
where found.rule_id is null
