"""Checks that no ready-made linter has."""
