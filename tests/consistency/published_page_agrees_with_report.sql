{{ unaccounted_breaches('published_page_agrees_with_report') }}
