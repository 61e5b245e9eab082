"""The workbook front end: a data workbook (XLSX, ODS) into the lines of a text form, one section to a sheet.

A child process with limits does the parsing (`job`). What a cell shows is what is read: `xlsx` applies number formats,
`ods` takes the text the file holds. Formulas are never run and links never followed: the value last stored counts.
"""

from __future__ import annotations

from pathlib import Path

from pdu_inspections.reader.document import Document
from pdu_inspections.reader.formats.records import document_from
from pdu_inspections.reader.sandbox import Limits, run

LIMITS = Limits(pages=100, cpu_seconds=60, wall_seconds=90.0)
_JOB = "pdu_inspections.reader.formats.workbook.job:lines"
_KIND = "a data workbook, XLSX or ODS"


def read_workbook(path: Path, limits: Limits = LIMITS) -> Document:
    """Lines of a data workbook, each with its sheet.

    Raises InputError with one problem where the file is malformed, encrypted, too large, empty or hostile.
    """
    return document_from(path, "", run(path, _JOB, _KIND, limits))
