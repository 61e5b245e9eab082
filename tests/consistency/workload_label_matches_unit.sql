{{ unaccounted_breaches('workload_label_matches_unit') }}
