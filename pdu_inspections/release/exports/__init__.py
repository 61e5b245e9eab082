"""The other forms a release is written in: Parquet, CSV, spreadsheet, data package, attribution."""
