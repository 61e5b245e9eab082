"""The front end of text forms: UTF-8 text, one paragraph or table row to a line."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.reader.document import Document, Line, document_id
from pdu_inspections.reader.formats.layout_text import is_layout, lines_of_layout
from pdu_inspections.reader.sandbox.parent import open_input, too_large

MAX_BYTES = 20_000_000
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_BREAK = re.compile("\r\n|\r|\n|\f|\v")
_TEXT_FORM = "the text form of an inspection report, in UTF-8"


def read_text(path: Path) -> Document:
    """The text form of a report. Raises InputError where the file is missing, empty, binary or not UTF-8."""
    data = file_bytes(path)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
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
    texts = lines_of_layout(text) if is_layout(text) else lines_of_text(text)
    lines = tuple(Line(number, line) for number, line in enumerate(texts, 1))
    return Document(str(path), identifier, hashlib.sha256(data).hexdigest(), "text", lines)


def lines_of_text(text: str) -> list[str]:
    """Lines of a text; a page break is a line break of its own only where it stands between two line breaks."""
    return _BREAK.split(text.replace("\n\f", "\n").replace("\f\n", "\n"))


def file_bytes(path: Path, most: int = MAX_BYTES) -> bytes:
    """Content of a file. Raises InputError where it is missing, no regular file, too large or cannot be read."""
    try:
        with open_input(path, _TEXT_FORM, most) as file:
            data = file.read(most + 1)
    except OSError as error:
        raise InputError(Problem(str(path), f"cannot be read: {error.strerror}", expected=_TEXT_FORM)) from None
    if len(data) > most:
        raise too_large(path, f"more than {most:,} bytes", most)
    return data
