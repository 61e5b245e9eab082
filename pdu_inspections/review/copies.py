"""Copies of the reports that were read, kept on this machine beside the project: reports/<document_id>/, not in git."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.files import replace_file
from pdu_inspections.reader.document import Document
from pdu_inspections.reader.formats.text_form import file_bytes
from pdu_inspections.reader.sandbox import Limits

FOLDER = "reports"
TEXT_FORM = "text.txt"
_LARGEST = Limits().file_bytes
_CITATION = re.compile(r"(?P<document>[a-z0-9_]+):L(?P<line>\d{1,7}):C(?P<column>\d{1,7})")
_DOCUMENT = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")


@dataclass(frozen=True)
class PassageLine:
    """A line of a passage in three parts: before, in and after what is marked; the latter two are empty elsewhere."""

    number: int
    before: str
    marked: str = ""
    after: str = ""


@dataclass(frozen=True)
class Place:
    """A printed place: report, line and character, both from 1."""

    document_id: str
    line_number: int
    column_number: int


def keep_copy(root: Path, file: Path, document: Document, document_id: str) -> None:
    """Keep the file and its text form. Raises OSError where they cannot be written, InputError where it changed."""
    content = file_bytes(file, _LARGEST)
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise InputError(
            Problem(str(file), "was changed while it was read", action="nothing was written: read it again")
        )
    folder = root / FOLDER / document_id
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{line.text}\n" for line in document.lines)
    _write(folder / TEXT_FORM, text.encode())
    _write(folder / f"{document_id}{file.suffix.lower()}", content)


def _write(path: Path, content: bytes) -> None:
    if not (path.is_file() and path.read_bytes() == content):
        replace_file(path, content)


def read_lines(root: Path, document_id: str) -> list[str]:
    """Lines of a report's text form. Raises InputError where no copy is kept here."""
    path = root / FOLDER / document_id / TEXT_FORM
    if not _DOCUMENT.fullmatch(document_id) or not path.is_file():
        raise InputError(
            Problem(
                f"{FOLDER}/{document_id}",
                "no copy of this report on this machine",
                expected=f"its text form in {FOLDER}/{document_id}/{TEXT_FORM}",
                action="read the report again: pdu read FILE",
            )
        )
    return path.read_text(encoding="utf-8").split("\n")


def find_pdf(root: Path, document_id: str) -> Path | None:
    """The copy of a report, where it is a PDF."""
    path = root / FOLDER / document_id / f"{document_id}.pdf"
    return path if _DOCUMENT.fullmatch(document_id) and path.is_file() else None


def parse_citation(citation_id: str) -> Place:
    """The place a citation names. Raises InputError where it is none."""
    match = _CITATION.fullmatch(citation_id)
    if match is None:
        raise InputError(
            Problem(
                "citation",
                "not a citation of a printed place",
                found=citation_id,
                expected="a document, line and character, such as ashby_pdu_2022:L402:C17",
                action="take it from the column citation_id of a figure",
            )
        )
    return Place(match["document"], int(match["line"]), int(match["column"]))


def find_passage(
    lines: list[str], line_number: int, column_number: int = 1, printed: str = "", around: int = 3
) -> list[PassageLine]:
    """The line and the filled lines around it, with what is printed there marked. Raises InputError beyond the end."""
    if not 1 <= line_number <= len(lines):
        raise InputError(
            Problem(
                "citation",
                "the report has no such line",
                found=f"line {line_number}",
                expected=f"a line from 1 to {len(lines)}",
                action="see that the copy is of the same report",
            )
        )
    filled = [number for number, text in enumerate(lines, 1) if text.strip() or number == line_number]
    here = filled.index(line_number)
    shown: Iterable[int] = filled[max(0, here - around) : here + around + 1]
    start = column_number - 1
    end = start + len(printed)
    return [
        PassageLine(number, text[:start], text[start:end], text[end:])
        if number == line_number and printed
        else PassageLine(number, text)
        for number in shown
        for text in [lines[number - 1]]
    ]
