{{ unaccounted_breaches('caseload_parts_sum_to_total') }}
