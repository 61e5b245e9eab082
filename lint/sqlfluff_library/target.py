"""Stands in for dbt's target while SQL is linted."""

schema = "main"
name = "dev"
