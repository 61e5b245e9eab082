{{ unaccounted_breaches('earlier_report_titled_alike') }}
