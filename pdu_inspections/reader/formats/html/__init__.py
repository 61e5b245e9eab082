"""The front end of saved web pages: an inspection report's HTML into the lines of its text form.

A child process with limits does the parsing (`job`), by lxml. Scripts are never run and nothing is fetched. What a
page's own marks hide from a person, or strike out, is not read but told of (`visibility`).
"""

from __future__ import annotations

from pathlib import Path

from pdu_inspections.reader.document import Document
from pdu_inspections.reader.formats.records import document_from
from pdu_inspections.reader.sandbox import Limits, run

LIMITS = Limits()
_JOB = "pdu_inspections.reader.formats.html.job:lines"
_KIND = "a saved web page of an inspection report"


def read_html(path: Path, limits: Limits = LIMITS) -> Document:
    """Lines of a saved web page, with its headings, lists and tables.

    Raises InputError with one problem where the file is malformed, too large, empty or hostile.
    """
    return document_from(path, "html", run(path, _JOB, _KIND, limits))
