{{ unaccounted_breaches('same_fact_agrees_across_reports') }}
