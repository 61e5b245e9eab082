{{ unaccounted_breaches('isbn_is_valid') }}
