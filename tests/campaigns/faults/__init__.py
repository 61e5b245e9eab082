"""What can go wrong while a warehouse is rebuilt, done on purpose: python -m tests.campaigns.faults."""
