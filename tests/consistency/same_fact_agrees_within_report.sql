{{ unaccounted_breaches('same_fact_agrees_within_report') }}
