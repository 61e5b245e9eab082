{{ unaccounted_breaches('overall_rating_matches_score') }}
