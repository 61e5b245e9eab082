{{ unaccounted_breaches('fraction_agrees_with_its_percentage') }}
