{{ unaccounted_breaches('prompt_possible_for_all_cases') }}
