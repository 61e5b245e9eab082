"""Chooses the front end of a file by its first bytes, whatever its name says.

Everything but text is parsed by a child process with limits, which runs `lines` of the module named here. Scripts and
formulas are never run, and nothing is fetched.
"""

from __future__ import annotations

import re
from pathlib import Path

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.reader.document import Document
from pdu_inspections.reader.formats.records import document_from
from pdu_inspections.reader.formats.text_form import file_bytes, read_text
from pdu_inspections.reader.sandbox import Limits, run

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


def open_report(path: Path, limits: Limits | None = None) -> Document:
    """The document in a PDF, web page, DOCX, workbook or text form.

    Raises InputError with one problem where the file is malformed, encrypted, too large, a scan, empty or hostile.
    """
    first = file_bytes(path)[:_BEGINNING]
    if first[:_PDF_HEADER].find(b"%PDF-") >= 0:
        return _parse(path, "pdf", "pdf.job", "a PDF of an inspection report", limits or Limits())
    if first.startswith(_ARCHIVES):
        kind = "a report in DOCX, or a data workbook in XLSX or ODS"
        return _parse(path, "", "archive", kind, limits or Limits(pages=100))
    if _PAGE.match(first.removeprefix(b"\xef\xbb\xbf")):
        return _parse(path, "html", "html.job", "a saved web page of an inspection report", limits or Limits())
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


def _parse(path: Path, source_format: str, module: str, kind: str, limits: Limits) -> Document:
    job = f"pdu_inspections.reader.formats.{module}:lines"
    return document_from(path, source_format, run(path, job, kind, limits))
