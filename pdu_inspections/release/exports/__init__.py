"""The other forms a release is written in: spreadsheet, data package, data contract, attribution."""
