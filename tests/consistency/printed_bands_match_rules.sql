{{ unaccounted_breaches('printed_bands_match_rules') }}
