"""What BI tools need to begin with: a Superset dashboard and a notebook. docs/bi.md has the recipes."""
