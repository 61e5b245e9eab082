{{ unaccounted_breaches('progress_follows_own_predecessor') }}
