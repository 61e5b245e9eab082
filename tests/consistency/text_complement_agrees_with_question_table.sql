{{ unaccounted_breaches('text_complement_agrees_with_question_table') }}
