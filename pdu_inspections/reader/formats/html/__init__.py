"""Saved web pages as lines of a text form, parsed by lxml; what a page hides or strikes out is told of, not read."""
