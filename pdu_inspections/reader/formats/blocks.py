"""Blocks of a document that has a structure of its own (a web page, a DOCX) as lines of its text form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pdu_inspections.reader.document import LineKind
from pdu_inspections.reader.formats.records import line_record, row_record
from pdu_inspections.reader.sandbox.job import Record, Refused
from pdu_inspections.reader.text import RAISED_DIGITS

MOST_CELLS = 200_000
MOST_COLUMNS = 200
_LONGEST_TEXT = 100_000
_NOTE_MARK = re.compile(r"\[?(\d{1,3})\]?")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SHOWN_OF_HIDDEN = 80


@dataclass
class TableCell:
    """A cell as its table holds it: its text, how many columns and rows it covers, and whether it is marked as a head.

    column: its first column in the grid, from 0, where the file says so; else the first that is free.
    """

    text: str
    column_span: int = 1
    row_span: int = 1
    is_head: bool = False
    column: int | None = None


def raised(text: str) -> str:
    """The text of a raised piece: the number of a footnote in superscript digits, anything else as it is."""
    mark = _NOTE_MARK.fullmatch(text.strip())
    return mark[1].translate(RAISED_DIGITS) if mark else text


def plain(text: str) -> str:
    """Text on one line: one space for every run of white space, and no characters that nobody can see."""
    text = " ".join(text.split())
    return text if text.isascii() and text.isprintable() else " ".join(_INVISIBLE.sub("", text).split())


@dataclass
class BlockWriter:
    """Gives the records of a document's blocks, one line each, with an empty line between them."""

    tables_n: int = 0
    cells_n: int = 0
    has_text: bool = False
    _hidden: Counter[str] = field(default_factory=Counter)
    _hidden_texts: dict[str, str] = field(default_factory=dict)

    def block(self, text: str, kind: LineKind, *, level: int = 0, mark: str = "", table: int = 0) -> Iterator[Record]:
        """A block; a line break in its text begins another line of the same kind."""
        lines = [line for line in map(plain, text.split("\n")) if line]
        for line in lines:
            if len(line) > _LONGEST_TEXT:
                raise Refused("holds a paragraph that is longer than a report's", found=line[:60])
            yield line_record(line, (), kind, level=level, mark=mark, table=table)
        if lines:
            self.has_text = True
            yield line_record("")

    def table(self, rows: Sequence[Sequence[TableCell]], caption: str = "") -> Iterator[Record]:
        """A table's rows, each cell with its columns in the grid; merged cells stand once, where they begin."""
        self.tables_n += 1
        if caption:
            yield from self.block(caption, LineKind.CAPTION, table=self.tables_n)
        covered: dict[int, int] = {}
        for number, row in enumerate(rows):
            placed: list[tuple[int, int, int, bool]] = []
            column = 0
            for cell in row:
                column = cell.column if cell.column is not None else column
                while cell.column is None and covered.get(column, 0) > number:
                    column += 1
                span = max(1, min(cell.column_span, MOST_COLUMNS))
                below = max(1, min(cell.row_span, len(rows) - number))
                if column + span > MOST_COLUMNS:
                    raise Refused("has a table with too many columns", expected=f"at most {MOST_COLUMNS}")
                for one in range(column, column + span):
                    covered[one] = number + below
                placed.append((column, span, below, cell.is_head))
                column += span
                self._count_cell()
            texts = [plain(cell.text) for cell in row]
            if any(texts):
                self.has_text = True
                yield row_record(texts, self.tables_n, placed)
        yield line_record("")

    def hide(self, why: str, text: str) -> None:
        """Counts a piece of text that a person does not see, for a notice at the end."""
        text = plain(text)
        if text:
            self._hidden[why] += 1
            self._hidden_texts.setdefault(why, text[:_SHOWN_OF_HIDDEN])

    def notices(self) -> Iterator[Record]:
        """One notice for each way in which text was hidden."""
        for why, count in self._hidden.items():
            pieces = "one piece" if count == 1 else f"{count} pieces"
            yield {"notice": f"{pieces} of text not read, {why}: {self._hidden_texts[why]!r}"}

    def _count_cell(self) -> None:
        self.cells_n += 1
        if self.cells_n > MOST_CELLS:
            raise Refused("holds more cells than a report may", expected=f"at most {MOST_CELLS:,}")
