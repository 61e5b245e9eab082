"""The probation inspections warehouse: reader, gate, build and publish."""
