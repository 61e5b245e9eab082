"""The gate: is every CSV what the seed contract says? Refuses before dbt sees a byte; never guesses, never repairs."""
