{{ unaccounted_breaches('vacancy_rate_covers_its_grades') }}
