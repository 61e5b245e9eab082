{{ unaccounted_breaches('text_percentage_possible_for_its_base') }}
