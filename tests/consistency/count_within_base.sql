{{ unaccounted_breaches('count_within_base') }}
