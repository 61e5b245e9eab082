{{ unaccounted_breaches('text_agrees_with_measure_table') }}
