{{ unaccounted_breaches('case_split_sums_to_cases_inspected') }}
