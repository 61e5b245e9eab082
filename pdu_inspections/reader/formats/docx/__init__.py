"""Documents (DOCX) as lines of a text form, read from their XML by lxml.

Hidden text, text struck out and tracked deletions are not read but told of; macros, fields and links are never
followed. Numbers that the word processor itself puts before headings are worked out, since they are printed.
"""
