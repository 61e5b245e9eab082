{{ unaccounted_breaches('whole_lies_between_its_grades') }}
