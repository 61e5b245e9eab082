{{ unaccounted_breaches('text_share_possible_for_its_sample') }}
