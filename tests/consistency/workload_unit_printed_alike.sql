{{ unaccounted_breaches('workload_unit_printed_alike') }}
