{{ unaccounted_breaches('statements_on_question_agree') }}
