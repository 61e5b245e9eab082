"""Does every mart hold the same rows on another engine as on DuckDB?"""
