"""Lines of a document as records between the child process that parses a file and the parent, each one checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.reader.document import Cell, Document, Line, LineKind, document_id
from pdu_inspections.reader.sandbox.job import Record
from pdu_inspections.reader.sandbox.parent import ParserOutput

_LONGEST_LINE = 200_000
_LONGEST_NOTICE = 300
_MOST_COLUMNS = 20_000
_FORMATS = frozenset({"docx", "xlsx", "ods"})


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a line as it stands in the file: where it begins in the line's text, its page, and its place there.

    x, y: points from the left and from the top of a PDF's page; column and row from 1 of a workbook's sheet.
    """

    at: int
    page: int
    x: float
    y: float


def line_record(
    text: str,
    fragments: Iterable[Fragment] = (),
    kind: LineKind = LineKind.UNKNOWN,
    *,
    level: int = 0,
    mark: str = "",
    table: int = 0,
    cells: Sequence[Sequence[int]] = (),
) -> Record:
    """A line as a record; the arguments are those of `Line`, the parts of each cell in the order of `Cell`."""
    record: Record = {"text": text, "at": [[one.at, one.page, one.x, one.y] for one in fragments]}
    if kind is not LineKind.UNKNOWN:
        record |= {"kind": kind.value, "level": level, "mark": mark, "table": table, "cells": list(cells)}
    return record


def row_record(
    texts: Sequence[str], table: int, cells: Sequence[tuple[int, int, int, bool]], fragments: Iterable[Fragment] = ()
) -> Record:
    """A table row as a record: its cells' texts joined by tabs.

    cells: for each text the first grid column (from 0), column span, row span, and whether it is marked as a head.
    """
    built: list[list[int]] = []
    at = 0
    for text, (column, column_span, row_span, is_head) in zip(texts, cells, strict=True):
        built.append([at, at + len(text), column, column_span, row_span, is_head])
        at += len(text) + 1
    return line_record("\t".join(texts), fragments, LineKind.TABLE_ROW, table=table, cells=built)


def document_from(path: Path, source_format: str, outcome: ParserOutput) -> Document:
    """The document a child's records make. Raises InputError where a record is not what a job writes."""
    identifier = document_id(path)
    lines: list[Line] = []
    sheets: list[tuple[str, int]] = []
    notices: list[str] = []
    for record in outcome.records:
        if "text" in record:
            lines.append(_line(path, len(lines) + 1, record))
        if isinstance(title := record.get("section"), str):
            sheets.append((" ".join(title.split()), len(lines)))
        if isinstance(notice := record.get("notice"), str):
            notices.append(notice[:_LONGEST_NOTICE])
        if record.get("format") in _FORMATS:
            source_format = str(record["format"])
    return Document(str(path), identifier, outcome.sha256, source_format, tuple(lines), tuple(sheets), tuple(notices))


def _line(path: Path, number: int, record: Record) -> Line:
    text, places = record["text"], record.get("at")
    if not isinstance(text, str) or len(text) > _LONGEST_LINE or not isinstance(places, list):
        raise _broken(path)
    if any(not char.isprintable() and char != "\t" and ord(char) <= 0x9F for char in text):
        raise _broken(path)
    fragments = [_fragment(path, place, len(text)) for place in places]
    page = fragments[0].page if fragments else None
    pieces = tuple((one.at, one.x, one.y) for one in fragments)
    if "kind" not in record:
        return Line(number, text, page, pieces)
    level, mark, table = record.get("level"), record.get("mark"), record.get("table")
    try:
        kind = LineKind(record["kind"])
    except ValueError:
        raise _broken(path) from None
    if not (_is_count(level, 9) and _is_count(table, 100_000) and isinstance(mark, str) and len(mark) <= 20):
        raise _broken(path)
    return Line(number, text, page, pieces, kind, level, mark, table, tuple(_cells(path, record, len(text))))


def _cells(path: Path, record: Record, length: int) -> Iterator[Cell]:
    cells = record.get("cells")
    if not isinstance(cells, list):
        raise _broken(path)
    last = 0
    for cell in cells:
        if not isinstance(cell, list) or len(cell) != 6 or not all(_is_count(part, _LONGEST_LINE) for part in cell[:5]):
            raise _broken(path)
        start, end, column, column_span, row_span, is_head = cell
        if not (last <= start <= end <= length and column < _MOST_COLUMNS and 1 <= column_span < _MOST_COLUMNS):
            raise _broken(path)
        last = end
        yield Cell(start, end, column, column_span, max(row_span, 1), bool(is_head))


def _fragment(path: Path, place: object, length: int) -> Fragment:
    if not isinstance(place, list) or len(place) != 4 or not all(isinstance(part, (int, float)) for part in place):
        raise _broken(path)
    at, page, x, y = place
    if not (isinstance(at, int) and isinstance(page, int) and 0 <= at <= length and 1 <= page < 10_000):
        raise _broken(path)
    return Fragment(at, page, float(x), float(y))


def _is_count(value: Any, most: int) -> TypeGuard[int]:
    return isinstance(value, int) and 0 <= value <= most


def _broken(path: Path) -> InputError:
    return InputError(Problem(str(path), "cannot be parsed", found="the parser's output is not what it should be"))
