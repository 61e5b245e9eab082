"""Recall and precision of the figures the reader proposes from running text, against the curated ones."""
