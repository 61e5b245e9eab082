"""Seed files spoiled in thousands of ways: python -m benchmarks.bad_input."""
