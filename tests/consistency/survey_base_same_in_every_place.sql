{{ unaccounted_breaches('survey_base_same_in_every_place') }}
