"""From a file to lines, or to one clear message why it cannot be read."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.reader.text import Line

MAX_BYTES = 20_000_000
_PDF_HEADER = 1024
"""Bytes in which a PDF says that it is one."""
_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
"""First bytes of the archives that workbooks are, and of old and encrypted ones."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_BREAK = re.compile("\r\n|\r|\n|\f|\v")
_TEXT_FORM = "the text form of an inspection report, in UTF-8"


@dataclass(frozen=True, slots=True)
class Source:
    """A report as lines, with what identifies the file it came from."""

    name: str
    document_id: str
    sha256: str
    source_format: str
    lines: tuple[Line, ...]
    sheets: tuple[tuple[str, int], ...] = ()
    """Sheets of a workbook: title, and index of the line it begins on."""
    notices: tuple[str, ...] = ()
    """What a parser could not read."""


def document_id(path: Path) -> str:
    """Id of a report: its file name in lower case, words joined by underscores."""
    return re.sub(r"[^a-z0-9]+", "_", path.stem.casefold()).strip("_")


def read_source(path: Path) -> Source:
    """A report from its PDF, workbook or text form, told apart by the file's first bytes. Raises InputError."""
    first = _bytes(path)[:_PDF_HEADER]
    if first.find(b"%PDF-") >= 0:
        from pdu_inspections.reader.pdf import read_pdf

        return read_pdf(path)
    if first.startswith(_WORKBOOKS):
        from pdu_inspections.reader.workbook import read_workbook

        return read_workbook(path)
    return read_text(path)


def read_text(path: Path) -> Source:
    """The text form of a report. Raises InputError where the file is missing, empty, binary or not UTF-8."""
    data = _bytes(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            Problem(
                str(path),
                "is not UTF-8 text",
                line=line,
                found=data[error.start : error.start + 8].hex(" "),
                expected=_TEXT_FORM,
                action="save the text form in UTF-8",
            )
        ) from None
    control = _CONTROL.search(text)
    if control is not None:
        line = text.count("\n", 0, control.start()) + 1
        raise InputError(Problem(str(path), "is a binary file", line=line, found=control.group(), expected=_TEXT_FORM))
    identifier = document_id(path)
    if not text.strip():
        raise InputError(Problem(str(path), "is empty", expected=_TEXT_FORM))
    if not identifier:
        raise InputError(
            Problem(str(path), "has a name that gives no id", expected="a file name with letters or digits")
        )
    lines = tuple(Line(number, line) for number, line in enumerate(lines_of_text(text), 1))
    return Source(str(path), identifier, hashlib.sha256(data).hexdigest(), "text", lines)


def lines_of_text(text: str) -> list[str]:
    """Lines of a text; a page break is a line break of its own only where it stands between two line breaks."""
    return _BREAK.split(text.replace("\n\f", "\n").replace("\f\n", "\n"))


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(
                Problem(
                    str(path),
                    "is too large for a report",
                    found=f"{size:,} bytes",
                    expected=f"at most {MAX_BYTES:,} bytes",
                )
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(Problem(str(path), "does not exist", expected=_TEXT_FORM)) from None
    except OSError as error:
        raise InputError(Problem(str(path), f"cannot be read: {error.strerror}", expected=_TEXT_FORM)) from None
