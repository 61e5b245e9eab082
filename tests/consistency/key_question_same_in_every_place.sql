{{ unaccounted_breaches('key_question_same_in_every_place') }}
