"""Synthetic inspections of the real shapes, as the Parquet that `report_tables` reads; breaches planted and known."""
