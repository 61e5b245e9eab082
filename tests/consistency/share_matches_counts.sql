{{ unaccounted_breaches('share_matches_counts') }}
