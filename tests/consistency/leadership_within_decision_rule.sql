{{ unaccounted_breaches('leadership_within_decision_rule') }}
