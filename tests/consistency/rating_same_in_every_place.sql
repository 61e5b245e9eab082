{{ unaccounted_breaches('rating_same_in_every_place') }}
