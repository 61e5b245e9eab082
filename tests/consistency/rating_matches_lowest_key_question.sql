{{ unaccounted_breaches('rating_matches_lowest_key_question') }}
