{{ unaccounted_breaches('caseload_matches_officers') }}
