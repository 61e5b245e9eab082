{{ unaccounted_breaches('question_base_covers_every_case') }}
