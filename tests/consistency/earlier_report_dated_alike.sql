{{ unaccounted_breaches('earlier_report_dated_alike') }}
