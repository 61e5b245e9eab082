{{ unaccounted_breaches('criterion_score_same_in_every_place') }}
