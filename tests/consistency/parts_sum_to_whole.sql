{{ unaccounted_breaches('parts_sum_to_whole') }}
