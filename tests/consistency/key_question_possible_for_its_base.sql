{{ unaccounted_breaches('key_question_possible_for_its_base') }}
