{{ unaccounted_breaches('base_within_population') }}
