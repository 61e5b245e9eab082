{{ unaccounted_breaches('vacant_posts_match_rate') }}
