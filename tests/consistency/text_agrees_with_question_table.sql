{{ unaccounted_breaches('text_agrees_with_question_table') }}
