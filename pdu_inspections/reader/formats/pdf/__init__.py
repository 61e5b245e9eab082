"""The PDF front end: an inspection report's PDF into the lines of its text form.

A child process with limits does the parsing (`job`): pdfplumber gives characters (`extract`), these give words, pieces
and printed lines (`glyphs`), without running heads (`running`), footnotes (`notes`) apart, in the order of reading
(`columns`); rows of tables are put together around the values in the right-hand column (`tables`, `rows`), the rest to
paragraphs (`flow`). Nothing here knows a particular report, or the layout of one.
"""

from __future__ import annotations

from pathlib import Path

from pdu_inspections.reader.document import Document
from pdu_inspections.reader.formats.records import document_from
from pdu_inspections.reader.sandbox import Limits, run

LIMITS = Limits()
_JOB = "pdu_inspections.reader.formats.pdf.job:lines"
_KIND = "a PDF of an inspection report"


def read_pdf(path: Path, limits: Limits = LIMITS) -> Document:
    """Lines of a report's PDF, each with its page and place.

    Raises InputError with one problem where the file is malformed, encrypted, too large, a scan, empty or hostile.
    """
    return document_from(path, "pdf", run(path, _JOB, _KIND, limits))
