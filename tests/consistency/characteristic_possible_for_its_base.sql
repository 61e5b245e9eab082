{{ unaccounted_breaches('characteristic_possible_for_its_base') }}
