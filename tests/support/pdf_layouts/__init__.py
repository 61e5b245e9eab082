"""Builds PDFs of reports from their text form, in layouts the reader knows nothing of."""
