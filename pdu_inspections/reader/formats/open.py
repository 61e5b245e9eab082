"""Chooses the front end of a file by its first bytes, whatever its name says."""

from __future__ import annotations

import re
from pathlib import Path

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.reader.document import Document
from pdu_inspections.reader.formats.archive import read_archive
from pdu_inspections.reader.formats.html import read_html
from pdu_inspections.reader.formats.pdf import read_pdf
from pdu_inspections.reader.formats.text_form import file_bytes, read_text

_BEGINNING = 4096
_PDF_HEADER = 1024
"""Bytes in which a PDF says that it is one."""
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
"""First bytes of the archives that documents and workbooks are, and of old and encrypted ones."""
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|main|article|section|div|meta|title|link|h1|table)\b",
    re.I | re.S,
)
_OTHERS = (
    (rb"\{\\rtf", "a document in rich text (RTF)", "save it as DOCX or PDF"),
    (
        rb"(?i)(?:from|mime-version|date|subject|content-type): [^\n]*\n",
        "a web archive or an e-mail (MHT)",
        "open it in a browser and save it as a complete web page",
    ),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*", "a picture", "read the report itself, not a scan of it"),
)


def open_report(path: Path) -> Document:
    """The document in a PDF, web page, DOCX, workbook or text form. Raises InputError where it cannot be read."""
    first = file_bytes(path)[:_BEGINNING]
    if first[:_PDF_HEADER].find(b"%PDF-") >= 0:
        return read_pdf(path)
    if first.startswith(_ARCHIVES):
        return read_archive(path)
    if _PAGE.match(first.removeprefix(b"\xef\xbb\xbf")):
        return read_html(path)
    for beginning, kind, action in _OTHERS:
        if re.match(beginning, first):
            raise InputError(
                Problem(
                    str(path),
                    f"is {kind}",
                    expected="a report as PDF, saved web page, DOCX, data workbook (XLSX, ODS) or text form",
                    action=action,
                )
            )
    return read_text(path)
