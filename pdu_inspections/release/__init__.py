"""From checked seeds to a published release: lock, gate, dbt, copy, audit, publish, records."""
