{{ unaccounted_breaches('groups_combine_to_whole') }}
