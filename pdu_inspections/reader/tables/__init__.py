"""Readers of tables, and of facts that reports state in fixed sentences: each adds rows of seeds/reports."""
