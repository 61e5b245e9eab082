"""A sheet as it is shown: rows of texts with their columns, and what a person should look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count, groupby

from pdu_inspections.reader.formats.records import Fragment, line_record, row_record
from pdu_inspections.reader.sandbox.job import Record, Refused

MOST_CELLS = 200_000
_LONGEST_CELL = 20_000


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell with a text: its row and column from 1, and how many columns and rows it covers."""

    row: int
    column: int
    text: str
    column_span: int = 1
    row_span: int = 1


@dataclass
class WorkbookSheet:
    """A sheet's title, its cells with text in reading order, and notices."""

    title: str
    cells: list[SheetCell] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    hidden: dict[str, list[str]] = field(default_factory=dict)

    def add(self, row: int, column: int, text: str, column_span: int = 1, row_span: int = 1) -> None:
        """Adds a cell that has a text. Raises Refused where the sheet holds more than a report may."""
        text = " ".join(text.split())
        if not text:
            return
        if len(text) > _LONGEST_CELL or len(self.cells) >= MOST_CELLS:
            raise Refused("holds more text than a report may", found=f"sheet {self.title!r}")
        self.cells.append(SheetCell(row, column, text, column_span, row_span))

    def hide(self, why: str, text: str) -> None:
        """Counts a cell that a person does not see, for a notice; why names what hides it."""
        text = " ".join(text.split())
        if text:
            self.hidden.setdefault(why, []).append(text)

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


def workbook_records(sheets: Iterable[WorkbookSheet], most_sheets: int) -> Iterator[Record]:
    """A workbook's sheets as lines. Raises Refused where there are too many, or no text."""
    has_text, tables = False, count(1)
    for number, sheet in enumerate(sheets, 1):
        if number > most_sheets:
            raise Refused("has too many sheets", expected=f"at most {most_sheets}")
        has_text = has_text or bool(sheet.cells)
        yield from _sheet_records(number, sheet, tables)
    if not has_text:
        raise Refused("holds no text", expected="a data workbook", action="check that it is the workbook")


def _sheet_records(number: int, sheet: WorkbookSheet, tables: Iterator[int]) -> Iterator[Record]:
    """A sheet as lines: its title, then its rows; rows left empty are one empty line, and end a table.

    A row of several cells is a row of a table, each cell with its column. tables: numbers for the tables to come.
    """
    yield {"section": sheet.title}
    yield line_record(sheet.title, [Fragment(0, number, 0, 0)])
    last = table = 0
    for row, found in groupby(sheet.cells, key=lambda cell: cell.row):
        if row > last + 1 or not last:
            yield line_record("", [])
            table = next(tables)
        last = row
        yield _line(number, list(found), table)
    yield line_record("", [])
    for notice in sheet.notices:
        yield {"notice": notice}
    for why, texts in sheet.hidden.items():
        cells = "one cell" if len(texts) == 1 else f"{len(texts)} cells"
        yield {"notice": f"sheet {sheet.title!r}: {cells} not read, {why}: {', '.join(texts[:3])[:80]!r}"}


def _line(number: int, cells: list[SheetCell], table: int) -> Record:
    fragments = []
    at = 0
    for cell in cells:
        fragments.append(Fragment(at, number, cell.column, cell.row))
        at += len(cell.text) + 1
    texts = [cell.text for cell in cells]
    if len(cells) < 2:
        return line_record("\t".join(texts), fragments)
    places = [(cell.column - 1, cell.column_span, cell.row_span, False) for cell in cells]
    return row_record(texts, table, places, fragments)
