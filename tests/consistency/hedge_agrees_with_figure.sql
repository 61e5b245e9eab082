{{ unaccounted_breaches('hedge_agrees_with_figure') }}
