{{ unaccounted_breaches('score_is_sum_of_points') }}
