"""Rows of tables: which lines make one table, what its columns hold, and the figure of each row that is the body's own.

A row's figure is taken from the column that the table's head settles (`columns`), never by the order of filled cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pdu_inspections.reader.columns import (
    Body,
    Quantity,
    SettledColumns,
    is_head_text,
    is_label_head,
    read_head,
    settle_columns,
)
from pdu_inspections.reader.document import Cell, Line, LineKind
from pdu_inspections.reader.figures import CellFigure, cell_figure, trailing_figure
from pdu_inspections.reader.text import CleanText, Mark, clean_text

_PIPE = re.compile(r"(?<!\\)\|")
_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_TAG_CELL = re.compile(r"<t[dh](?:\s[^<>]*)?>(.*?)(?=</t[dh]>|<t[dh][\s>]|</tr>|$)", re.I)
_LONGEST_UNTABBED = 400
_LONGEST_BETWEEN_ROWS = 220
_MOST_LINES_BETWEEN_ROWS = 8
_LEAST_INDENT = 20
"""Least spaces before the first cell of a row that stands under a column of figures, not under the labels."""
_YEAR = re.compile(r"(?:19|20)\d{2}(?:\s?[-/–]\s?\d{2,4})?")
_RATING = re.compile(r"^\W*(?:outstanding|good|requires improvement|inadequate)\W*$", re.I)
_HEAD_OF_LABELS = re.compile(r"(?:(?:key|inspection) )?questions?|measures?|indicators?|standards?|prompts?", re.I)
_SHARE_IN_LABEL = re.compile(r"(?<=\S)\s+\d{1,3}(?:\.\d+)?\s?%$")
_ENDING_MARK = re.compile(r"(?<=[A-Za-z)?%*.,'’”\"])(?P<gap>\s?)\[?(?P<mark>\d{1,3})\]?\s*$")


@dataclass(frozen=True, slots=True)
class RowFigure:
    """A figure in a cell of a row."""

    cell: CleanText
    figure: CellFigure


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """A line as a row: its label, and the body's own figure where the row has one.

    counts: the body's number of cases beside a share. comparators: figures of others, by the comparator's id. problem:
    why none of the row's figures is taken. doubt: what a person should check of its
    figures. is_by_sign: the figure is known for a share by its per cent sign alone,
    beside counts, in a table without a head. is_separated: cells are parted by a tab, a bar or several spaces;
    is_tabbed: by a tab, a bar or the file's own cells, which no sentence has.
    """

    index: int
    label: str
    cells: tuple[CleanText, ...]
    figure: CellFigure | None
    value: CleanText | None
    is_separated: bool
    is_tabbed: bool
    is_head: bool = False
    counts: RowFigure | None = None
    comparators: tuple[tuple[str, RowFigure], ...] = ()
    problem: str = ""
    is_by_sign: bool = False
    doubt: str = ""

    @property
    def is_bare(self) -> bool:
        """Whether the row has a value cell with nothing in it: a heading, not a zero."""
        return self.is_separated and not self.cells[-1].text.strip()

    @property
    def has_figures(self) -> bool:
        """Whether the row prints figures, whoever's they are."""
        return self.figure is not None or self.counts is not None or bool(self.comparators) or bool(self.problem)

    @property
    def marks(self) -> list[Mark]:
        """Footnote marks of its cells."""
        return [mark for cell in self.cells for mark in cell.marks]


@dataclass(slots=True)
class _GridRow:
    """A row of a table by the columns of its grid."""

    index: int
    cells: dict[int, CleanText]
    spans: dict[int, range]
    bounds: tuple[tuple[int, int], ...]
    is_tabbed: bool
    is_marked_head: bool
    is_aligned: bool
    """Whether cells stand at their column whatever cells are empty; else, they are parted by spaces alone."""

    def texts(self) -> dict[int, str]:
        """Texts by column."""
        return {column: cell.text for column, cell in self.cells.items()}

    def has_figure(self) -> bool:
        """Whether a cell after the first holds a figure or a word of status."""
        first = min(self.cells, default=0)
        return any(column != first and cell_figure(cell.text) for column, cell in self.cells.items())


class TableRows:
    """The rows of a document's tables, settled table by table."""

    def __init__(
        self,
        lines: Sequence[Line],
        is_blank: Callable[[int], bool],
        ends_table: Callable[[int], bool],
        body: Body,
        note_marks: Collection[str],
        sunken_marks: Mapping[str, bool],
    ) -> None:
        """ends_table: whether a line begins something else, such as a section or a standard. note_marks: marks of the
        document's footnotes; sunken_marks: those not raised, and whether they are seen elsewhere."""
        self.lines = lines
        self.is_blank = is_blank
        self.ends_table = ends_table
        self.body = body
        self.note_marks = note_marks
        self.sunken_marks = sunken_marks
        self.found: dict[int, LabelledRow] = {}
        for table in self._tables():
            self._settle(table)

    def row(self, index: int) -> LabelledRow | None:
        """The line at index as a row, or None where it looks like none."""
        return self.found.get(index) or (None if self.is_blank(index) else self._untabbed_row(index))

    # ------------------------------------------------------------------ which lines make a table

    def _tables(self) -> Iterator[list[_GridRow]]:
        table: list[_GridRow] = []
        between = 0
        for index in range(len(self.lines)):
            if self.is_blank(index):
                continue
            row = self._grid_row(index)
            if row is None:
                between += 1
                is_prose = (
                    len(self.lines[index].text.rstrip()) > _LONGEST_BETWEEN_ROWS or between > _MOST_LINES_BETWEEN_ROWS
                )
                if table and (is_prose or self.ends_table(index)) and not self.lines[index].table:
                    yield table
                    table = []
                continue
            if table and self._begins_table(table, row):
                yield table
                table = []
            table.append(row)
            between = 0
        if table:
            yield table

    def _begins_table(self, table: Sequence[_GridRow], row: _GridRow) -> bool:
        number, last = self.lines[row.index].table, self.lines[table[-1].index].table
        if number != last:
            return True
        return self._is_head(row) and not all(self._is_head(one) or _heads_labels(one) for one in table)

    def _is_head(self, row: _GridRow) -> bool:
        """Whether a row heads columns of figures."""
        first, *others = sorted(row.cells) or [0]
        texts = [row.cells[column].text for column in others if row.cells[column].text.strip()]
        if any(_RATING.match(text) for text in texts) or not (texts or row.is_marked_head):
            return False
        years = [text for text in texts if _YEAR.fullmatch(text.strip())]
        if texts and len(years) == len(texts):
            return True
        if any(cell_figure(text) for text in texts if text not in years):
            return False
        is_named = row.is_marked_head or any(is_head_text(text, self.body) for text in texts)
        return is_named or is_label_head(row.cells[first].text)

    def _grid_row(self, index: int) -> _GridRow | None:
        line = self.lines[index]
        if line.kind is LineKind.TABLE_ROW:
            cells = line.cells
            is_marked = bool(cells) and all(cell.is_head for cell in cells if line.text[cell.start : cell.end].strip())
            return _GridRow(
                index,
                {cell.column: clean_text(line, cell.start, cell.end) for cell in cells},
                {cell.column: cell.columns for cell in cells},
                tuple((cell.start, cell.end) for cell in cells),
                True,
                is_marked,
                True,
            )
        bounds = cell_bounds(line.text)
        if len(bounds) < 2:
            return None
        is_tabbed = "\t" in line.text or "|" in line.text or "<t" in line.text
        return _GridRow(
            index,
            {column: clean_text(line, start, end) for column, (start, end) in enumerate(bounds)},
            {column: range(column, column + 1) for column in range(len(bounds))},
            tuple(bounds),
            is_tabbed,
            False,
            is_tabbed,
        )

    # ------------------------------------------------------------------ what its columns hold

    def _settle(self, table: list[_GridRow]) -> None:
        table = _aligned(table)
        heads: list[_GridRow] = []
        for row in table:
            if not self._is_head(row) and not (heads and _heads_labels(row)):
                break
            heads.append(row)
        body = table[len(heads) :]
        columns = self._columns(heads, body)
        for row in heads:
            self.found[row.index] = _words_row(row, is_head=True)
        for row in body:
            self.found[row.index] = self._labelled(row, columns)

    def _columns(self, heads: Sequence[_GridRow], body: Sequence[_GridRow]) -> SettledColumns:
        figures: dict[int, list[CellFigure]] = {}
        words: set[int] = set()
        for row in body:
            for column, text in row.texts().items():
                figure = cell_figure(text)
                if figure is not None and (column or not _is_row_number(row, column)):
                    figures.setdefault(column, []).append(figure)
                elif any(map(str.isalpha, text)):
                    words.add(column)
        texts = _head_texts(heads)
        headed = {column for column, text in texts.items() if is_label_head(text) and not is_head_text(text, self.body)}
        first = set() if 0 in figures and 0 not in words and words else {0}
        labels = sorted(first | (words - figures.keys()) | (headed - figures.keys()))
        fullest = max(heads, key=lambda row: len(row.cells), default=None)
        is_short = (
            fullest is not None
            and fullest.is_aligned
            and len(fullest.cells) < max((len(row.cells) for row in body), default=0)
        )
        if fullest is None or (is_short and not self._is_grid(fullest)):
            columns = [read_head(column, text, self.body) for column, text in texts.items() if column]
            is_of_shares = not columns or [column.quantity for column in columns] == [Quantity.SHARE]
            if is_of_shares and _are_shares_beside_counts(body, labels):
                return SettledColumns(tuple(labels), is_by_sign=True)
            texts = {} if is_short else texts
        columns_of_figures = {column for column in figures if column not in labels}
        headed = {column for column, text in texts.items() if text and column not in labels}
        if headed and columns_of_figures - headed and headed - columns_of_figures and not self._is_grid(body[0]):
            # A head over an empty column beside figures without a head: which belongs to which is not told.
            texts = {}
        return settle_columns(texts, columns_of_figures, labels, self.body)

    def _is_grid(self, row: _GridRow) -> bool:
        return self.lines[row.index].kind is LineKind.TABLE_ROW

    def _labelled(self, row: _GridRow, columns: SettledColumns) -> LabelledRow:
        found = {
            column: RowFigure(cell, figure) for column, cell in row.cells.items() if (figure := cell_figure(cell.text))
        }
        found = {column: figure for column, figure in found.items() if column not in columns.labels}
        if not found:
            return _words_row(row)
        label_cells = [cell for column, cell in sorted(row.cells.items()) if column in columns.labels]
        label = " ".join(" ".join(cell.text for cell in label_cells).split())
        own = (
            found.get(columns.own) if columns.own is not None else _share_or_only(found) if columns.is_by_sign else None
        )
        counts = found.get(columns.own_counts) if columns.own_counts is not None else None
        comparators = tuple((party, found[column]) for column, party in columns.comparators.items() if column in found)
        problem = columns.problem
        if own is None and not problem and columns.own is not None:
            problem = f"the cell under {columns.heads.get(columns.own) or 'the head'!r} is empty"
        in_label = _SHARE_IN_LABEL.search(label)
        if in_label is not None:
            label, problem = label[: in_label.start()], "a figure stands in the cell of the label"
        doubts = [doubt for one in found.values() if (doubt := self._doubt(one))]
        for column, cell in row.cells.items():
            is_missed = column in columns.comparators and column not in found and any(map(str.isalnum, cell.text))
            if is_missed or (column in columns.unread and column in found):
                doubts.append((f"{cell.text.strip()!r} under {columns.heads.get(column, '')!r} is not read", True))
        if not problem and any(not is_seen for _, is_seen in doubts):
            problem = next(text for text, is_seen in doubts if not is_seen)
        if problem:
            own = None
            comparators = () if doubts else comparators
            shown = ", ".join(repr(one.cell.text.strip()) for one in found.values())
            problem = f"{shown}: {problem}; not taken"
        return LabelledRow(
            row.index,
            self._without_mark(label),
            tuple(row.cells.values()),
            own.figure if own else None,
            own.cell if own else None,
            True,
            row.is_tabbed,
            counts=counts,
            comparators=comparators,
            problem=problem,
            is_by_sign=columns.is_by_sign and len(found) > 1,
            doubt="" if problem else "; ".join(text for text, _ in doubts),
        )

    def _doubt(self, one: RowFigure) -> tuple[str, bool] | None:
        """Why a bare number may end in the mark of a footnote, in words, and whether that mark is seen elsewhere."""
        value = one.figure.value
        if one.figure.unit is not None:
            return None
        for mark, is_seen in self.sunken_marks.items():
            number = value.removesuffix(mark)
            if number != value and number[-1:].isdigit():
                return f"{value} may be {number} with the mark of footnote {mark}", is_seen
        return None

    def _without_mark(self, label: str) -> str:
        return without_mark(label, self.note_marks)

    # ------------------------------------------------------------------ rows without cells

    def _untabbed_row(self, index: int) -> LabelledRow | None:
        line = self.lines[index]
        text = line.text
        stripped = text.rstrip(" .;*>")
        if len(text) > _LONGEST_UNTABBED or (not stripped[-1:].isalnum() and not stripped.endswith("%")):
            return None
        cleaned = clean_text(line)
        start = trailing_figure(cleaned.text)
        if start is None:
            return None
        raw = cleaned.raw_at(start)
        value = clean_text(line, raw)
        figure = cell_figure(value.text)
        if figure is None or (self._is_mark(figure, cleaned.text[:start]) and self._has_figure_below(index)):
            return None
        lead = cleaned.text[:start].rstrip(" .·…_")
        label = " ".join(lead.split())
        gap = text[:raw][len(text[:raw].rstrip(" \u00a0.·…_")) :]
        is_set_off = bool(lead) and (gap.strip(".") != " " if len(gap) > 1 else gap == "…")
        row = LabelledRow(index, label, (clean_text(line, 0, raw), value), figure, value, is_set_off, False)
        before = trailing_figure(lead)
        other = cell_figure(lead[before:]) if before else None
        if other is None or (other.unit is None and figure.unit is not None):
            return replace(row, label=self._without_mark(label))
        shown = f"{lead[before:].strip()!r}, {value.text.strip()!r}"
        problem = f"{shown}: no head of this table says which column is the inspected body's; not taken"
        return replace(row, label=" ".join(lead[:before].split()), figure=None, value=None, problem=problem)

    def _is_mark(self, figure: CellFigure, before: str) -> bool:
        """Whether a bare number that ends a label is the mark of a footnote of this document."""
        return bool(before.strip()) and figure.unit is None and figure.value in self.note_marks

    def _has_figure_below(self, index: int) -> bool:
        """Whether the next line with text holds nothing but a figure, to which the label belongs."""
        below = next((i for i in range(index + 1, min(index + 6, len(self.lines))) if not self.is_blank(i)), None)
        return below is not None and cell_figure(clean_text(self.lines[below]).text) is not None


def without_mark(label: str, note_marks: Collection[str]) -> str:
    """A label without the footnote mark that ends it and lost its raised type: a number that leads to a footnote."""
    mark = _ENDING_MARK.search(label)
    return label[: mark.start()] if mark is not None and mark["mark"] in note_marks else label


def _heads_labels(row: _GridRow) -> bool:
    """Whether a row holds nothing but the head of the labels, set beside the middle of a head on several lines."""
    texts = [cell.text for _, cell in sorted(row.cells.items()) if cell.text.strip()]
    return len(texts) == 1 and _HEAD_OF_LABELS.fullmatch(texts[0].strip()) is not None


def _words_row(row: _GridRow, is_head: bool = False) -> LabelledRow:
    cells = tuple(row.cells.values())
    label = " ".join(" ".join(cell.text for cell in cells).split())
    return LabelledRow(row.index, label, cells, None, None, True, row.is_tabbed, is_head)


def _are_shares_beside_counts(body: Sequence[_GridRow], labels: Collection[int]) -> bool:
    """Whether every row with several figures has one share with a per cent sign, in one column, beside counts."""
    columns = set()
    for row in body:
        found = {c: figure for c, cell in row.cells.items() if c not in labels and (figure := cell_figure(cell.text))}
        if len(found) < 2:
            continue
        signed = [column for column, figure in found.items() if figure.unit == "per_cent"]
        are_counts = all(f.unit is None and f.value.isdigit() for column, f in found.items() if column not in signed)
        if len(signed) != 1 or not are_counts:
            return False
        columns.add(signed[0])
    return len(columns) == 1


def _share_or_only(found: Mapping[int, RowFigure]) -> RowFigure | None:
    """The only figure of a row, or its only share."""
    shares = [one for one in found.values() if one.figure.unit == "per_cent"]
    return next(iter(found.values())) if len(found) == 1 else shares[0] if len(shares) == 1 else None


def _is_row_number(row: _GridRow, column: int) -> bool:
    """Whether the first cell of a row is its number: a bare whole number with words after it."""
    text = row.cells[column].text.strip()
    return (
        column == min(row.cells)
        and text.isdigit()
        and any(any(map(str.isalpha, cell.text)) for other, cell in row.cells.items() if other > column)
    )


def _head_texts(heads: Sequence[_GridRow]) -> dict[int, str]:
    """Texts of the head by column, those of several rows put together; a merged cell counts for each of its columns."""
    texts: dict[int, list[str]] = {}
    for row in heads:
        for column, cell in row.cells.items():
            for covered in row.spans[column]:
                if cell.text.strip() and " ".join(cell.text.split()) not in texts.get(covered, []):
                    texts.setdefault(covered, []).append(" ".join(cell.text.split()))
    return {column: " ".join(parts) for column, parts in texts.items()}


def _aligned(table: list[_GridRow]) -> list[_GridRow]:
    """Rows whose cells are parted by spaces alone, each cell at the column of the fullest row it stands below."""
    if all(row.is_aligned or len(row.cells) < 2 for row in table):
        return table
    widest = max(table, key=lambda row: len(row.bounds))
    done = []
    for row in table:
        if row.is_aligned or len(row.bounds) == len(widest.bounds):
            done.append(row)
            continue
        is_indented = row.bounds[0][0] - widest.bounds[0][0] > _LEAST_INDENT
        first = _nearest(row.bounds[0], widest.bounds) if is_indented else 0
        columns = [first, *(_nearest(bounds, widest.bounds) for bounds in row.bounds[1:])]
        if len(set(columns)) < len(columns):
            done.append(row)
            continue
        cells = dict(zip(columns, row.cells.values(), strict=True))
        done.append(replace(row, cells=cells, spans={column: range(column, column + 1) for column in columns}))
    return done


def _nearest(bounds: tuple[int, int], columns: Sequence[tuple[int, int]]) -> int:
    """The column after the first whose right edge or middle is nearest to a cell's."""
    start, end = bounds

    def distance(column: int) -> float:
        left, right = columns[column]
        return min(abs(right - end), abs((left + right) / 2 - (start + end) / 2), abs(left - start))

    return min(range(1, len(columns)), key=distance)


def cell_bounds(text: str) -> list[tuple[int, int]]:
    """Start and end of a line's cells: between tabs, tags, bars, or runs of three spaces or more."""
    start, end = 0, len(text)
    if "<t" in text and len(cells := [found.span(1) for found in _TAG_CELL.finditer(text)]) > 1:
        return cells
    if "\t" in text:
        breaks = [(at, at + 1) for at, char in enumerate(text) if char == "\t"]
    elif text.lstrip().startswith("|") or " | " in text:
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        start += text[start : start + 1] == "|"
        end -= text[:end].endswith("|")
        breaks = [found.span() for found in _PIPE.finditer(text) if start <= found.start() < end]
    elif "   " in text:
        start = len(text) - len(text.lstrip())
        breaks = [found.span() for found in _GAP.finditer(text)]
    else:
        return [(start, end)]
    starts, ends = [start, *(after for _, after in breaks)], [*(before for before, _ in breaks), end]
    return list(zip(starts, ends, strict=True))


__all__ = ["Cell", "LabelledRow", "RowFigure", "TableRows", "cell_bounds"]
