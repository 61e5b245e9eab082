{{ unaccounted_breaches('text_count_agrees_with_question_table') }}
