"""Build time and memory from five inspections to a million, the project beside its alternatives."""
