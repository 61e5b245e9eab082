"""Adding inspections to a warehouse that was built from Parquet, without building it anew."""
