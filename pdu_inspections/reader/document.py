"""The document model: what every front end makes of a file, and all that the readers of tables and prose know of it.

A document is its text form, line by line, so that a citation (line and column) always points to one printed place. Each
line also says what it is, as far as the file tells: a heading, a paragraph, an item of a list, a footnote, or one row
of a table with its cells. Cells carry their place in the table's grid, so a row is matched by column, whatever cells
are empty or merged. Files that hold no structure (a text form, a PDF) leave `kind` unknown, and `cells` empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pdu_inspections.errors import InputError, Problem


class LineKind(StrEnum):
    """What a line of the text form is."""

    UNKNOWN = "unknown"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    FOOTNOTE = "footnote"
    CAPTION = "caption"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table row.

    start, end: where its text stands in the line. column: the first grid column it covers, from 0. column_span,
    row_span: how many grid columns and rows it covers. is_head: whether the file marks it as a head.
    """

    start: int
    end: int
    column: int
    column_span: int = 1
    row_span: int = 1
    is_head: bool = False

    @property
    def columns(self) -> range:
        """Grid columns the cell covers."""
        return range(self.column, self.column + self.column_span)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text form: its number from 1, its text, its page, and what it is where the file tells.

    pieces: where the pieces of the text stand: index of the first character, and the place on the page in points from
    left and top (of a workbook: column and row of the cell). level: of a heading, from 1. mark: of a footnote. table:
    number of the table a row or caption belongs to, from 1. cells: of a table row, in order.
    """

    number: int
    text: str
    page: int | None = None
    pieces: tuple[tuple[int, float, float], ...] = ()
    kind: LineKind = LineKind.UNKNOWN
    level: int = 0
    mark: str = ""
    table: int = 0
    cells: tuple[Cell, ...] = ()

    def place_of(self, column: int) -> tuple[float, float] | None:
        """Place on the page of the character at a column (from 1), as far as the file tells."""
        return next(((x, y) for at, x, y in reversed(self.pieces) if at < column), None)


@dataclass(frozen=True, slots=True)
class Document:
    """A report or data workbook as lines, with what identifies the file it came from.

    sheets: of a workbook, each title with the index of its first line. notices: what a person should know about the
    file: what could not be read, or was left out because nobody can see it.
    """

    name: str
    document_id: str
    sha256: str
    source_format: str
    lines: tuple[Line, ...]
    sheets: tuple[tuple[str, int], ...] = ()
    notices: tuple[str, ...] = ()


def document_id(path: Path) -> str:
    """Id of a report: its file name in lower case, words joined by underscores.

    Raises InputError where the name has neither letters nor digits.
    """
    identifier = re.sub(r"[^a-z0-9]+", "_", path.stem.casefold()).strip("_")
    if not identifier:
        raise InputError(
            Problem(str(path), "has a name that gives no id", expected="a file name with letters or digits")
        )
    return identifier
