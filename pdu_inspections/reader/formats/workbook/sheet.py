"""A sheet as it is displayed_value: rows of texts, and what a person should look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from pdu_inspections.reader.formats.records import Fragment, line_record
from pdu_inspections.reader.sandbox.job import Record, Refused

MOST_CELLS = 200_000
_LONGEST_CELL = 20_000


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell with a text: its row and column from 1."""

    row: int
    column: int
    text: str


@dataclass
class WorkbookSheet:
    """A sheet's title, its cells with text in reading order, and notices."""

    title: str
    cells: list[SheetCell] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def add(self, row: int, column: int, text: str) -> None:
        """Adds a cell that has a text. Raises Refused where the sheet holds more than a report may."""
        text = " ".join(text.split())
        if not text:
            return
        if len(text) > _LONGEST_CELL or len(self.cells) >= MOST_CELLS:
            raise Refused("holds more text than a report may", found=f"sheet {self.title!r}")
        self.cells.append(SheetCell(row, column, text))

    def add_notice(self, row: int, column: int, what: str) -> None:
        """Adds a notice about a cell."""
        self.notices.append(f"sheet {self.title!r}, cell {column_name(column)}{row}: {what}")


def column_name(column: int) -> str:
    """Letters of a column: 1 is A, 28 is AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def sheet_records(number: int, sheet: WorkbookSheet) -> Iterator[Record]:
    """A sheet as lines: its title, then its rows, cells parted by tabs; rows left empty are one empty line."""
    yield {"section": sheet.title}
    yield line_record(sheet.title, [Fragment(0, number, 0, 0)])
    last = 0
    for row, cells in groupby(sheet.cells, key=lambda cell: cell.row):
        if row > last + 1 or not last:
            yield line_record("", [])
        last = row
        yield _line(number, list(cells))
    yield line_record("", [])
    for notice in sheet.notices:
        yield {"notice": notice}


def _line(number: int, cells: list[SheetCell]) -> Record:
    fragments = []
    at = 0
    for cell in cells:
        fragments.append(Fragment(at, number, cell.column, cell.row))
        at += len(cell.text) + 1
    return line_record("\t".join(cell.text for cell in cells), fragments)
