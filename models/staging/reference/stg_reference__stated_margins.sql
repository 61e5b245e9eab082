select
    inspection_id,
    population_id,
    margin_citation_id,
    confidence_citation_id
from {{ raw_table('stated_margins') }}
