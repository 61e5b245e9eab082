{{ unaccounted_breaches('post_custody_prompt_fits_its_group') }}
