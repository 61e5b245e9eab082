{{ unaccounted_breaches('grade_shares_fit_the_interviews') }}
