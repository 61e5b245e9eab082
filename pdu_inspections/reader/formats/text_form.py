"""The front end of text forms: UTF-8 text, one paragraph or table row to a line."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from pathlib import Path

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.reader.document import Document, Line, document_id
from pdu_inspections.reader.formats.layout_text import is_layout, lines_of_layout

MAX_BYTES = 20_000_000
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_BREAK = re.compile("\r\n|\r|\n|\f|\v")
_TEXT_FORM = "the text form of an inspection report, in UTF-8"
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)


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
        # A pipe without a writer or a terminal would wait for ever: the file is opened without waiting.
        opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(opened, "rb") as file:
            status = os.fstat(opened)
            if not stat.S_ISREG(status.st_mode):
                raise _no_regular_file(path, status.st_mode)
            if status.st_size > most:
                raise _too_large(path, f"{status.st_size:,} bytes", most)
            data = file.read(most + 1)
    except FileNotFoundError:
        raise InputError(Problem(str(path), "does not exist", expected=_TEXT_FORM)) from None
    except IsADirectoryError:
        raise _no_regular_file(path, stat.S_IFDIR) from None
    except OSError as error:
        raise InputError(Problem(str(path), f"cannot be read: {error.strerror}", expected=_TEXT_FORM)) from None
    except ValueError:
        raise InputError(Problem(str(path), "has a name that no file can have")) from None
    if len(data) > most:
        raise _too_large(path, f"more than {most:,} bytes", most)
    return data


def _no_regular_file(path: Path, mode: int) -> InputError:
    kind = next((words for is_kind, words in _KINDS if is_kind(mode)), "something else")
    return InputError(Problem(str(path), "is not a regular file", found=kind, expected=_TEXT_FORM))


def _too_large(path: Path, found: str, most: int) -> InputError:
    return InputError(Problem(str(path), "is too large for a report", found=found, expected=f"at most {most:,} bytes"))
