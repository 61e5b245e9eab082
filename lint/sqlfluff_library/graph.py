"""Stands in for dbt's graph while SQL is linted: it has no nodes."""

nodes: dict[str, object] = {}
