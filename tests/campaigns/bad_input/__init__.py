"""Seed files spoiled in thousands of ways: python -m tests.campaigns.bad_input."""
