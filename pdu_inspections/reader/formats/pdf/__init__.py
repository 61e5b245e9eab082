"""PDFs as lines of a text form.

pdfplumber gives characters (`extract`), these give words, pieces and printed lines (`glyphs`), without running heads
(`running_lines`), footnotes (`notes`) apart, in the order of reading (`columns`); rows of tables are put together
around the values in the right-hand column (`tables`, `row_division`), the rest to paragraphs (`paragraphs`). Nothing
here knows a particular report, or the layout of one.
"""
