"""The front end of files that are archives: workbooks (XLSX, ODS) and documents (DOCX), told apart by their parts."""

from __future__ import annotations

from pathlib import Path

from pdu_inspections.reader.document import Document
from pdu_inspections.reader.formats.records import document_from
from pdu_inspections.reader.sandbox import Limits, run

LIMITS = Limits(pages=100)
_JOB = "pdu_inspections.reader.formats.archive.job:lines"
_KIND = "a report in DOCX, or a data workbook in XLSX or ODS"


def read_archive(path: Path, limits: Limits = LIMITS) -> Document:
    """Lines of a workbook or of a DOCX.

    Raises InputError with one problem where the file is malformed, encrypted, too large, empty or hostile.
    """
    return document_from(path, "", run(path, _JOB, _KIND, limits))
