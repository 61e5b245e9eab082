"""Chooses the front end of a file by its first bytes, whatever its name says."""

from __future__ import annotations

from pathlib import Path

from pdu_inspections.reader.document import Document
from pdu_inspections.reader.formats.pdf import read_pdf
from pdu_inspections.reader.formats.text_form import file_bytes, read_text
from pdu_inspections.reader.formats.workbook import read_workbook

_PDF_HEADER = 1024
"""Bytes in which a PDF says that it is one."""
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
"""First bytes of the archives that workbooks are, and of old and encrypted ones."""


def open_report(path: Path) -> Document:
    """The document in a PDF, a workbook or a text form. Raises InputError where the file cannot be read."""
    first = file_bytes(path)[:_PDF_HEADER]
    if first.find(b"%PDF-") >= 0:
        return read_pdf(path)
    if first.startswith(_ARCHIVES):
        return read_workbook(path)
    return read_text(path)
