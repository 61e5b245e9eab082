{{ unaccounted_breaches('published_pages_agree') }}
