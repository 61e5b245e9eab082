"""Readers of tables and of facts that reports state in fixed sentences: each turns a document into rows of seeds/reports."""
