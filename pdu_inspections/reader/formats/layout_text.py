"""Text that another tool set in columns of spaces (pdftotext -layout, pandoc): its tables as rows of cells.

A row there may run over several lines, its figures beside any of them, exactly as on a page: so the lines are read as
printed ones, each character as wide as any other, by what reads the tables of a PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from pdu_inspections.reader.formats.pdf.page import Piece, PrintedLine, Word
from pdu_inspections.reader.formats.pdf.tables import PrintedRow, ProseLine, find_tables
from pdu_inspections.reader.formats.pdf.words import is_figure

_WIDTH, _LEADING, _SIZE = 5.0, 12.0, 10.0
"""Width of a character, distance of lines, and size of type, in points."""
_RULER = re.compile(r"^ *-{3,}(?: +-{3,})+ *$", re.M)
_EDGE = re.compile(r" *-{5,} *")
_GRID = re.compile(r"^ *\+(?:[-=:]{3,}\+)+ *\n(?: *[|+].*(?:\n|\Z))+", re.M)
_CORNER = re.compile(r"\+(?=[-=:]{3})|(?<=[-=:]{3})\+")
_COLUMNS = re.compile(r"\S {3,}\S")
_BLOCK_TAG = re.compile(r"</?(?:div|p|section)\b[^<>]*>")
_LONE_MARK = re.compile(r" {0,8}\d{1,2} *")
_LEAST_LINES = 3
_LEAST_GAP = 2
_LEAST_INDENT = 20
_MOST_LINES_OF_HEAD = 14
_WORD = re.compile(r"\S+")
_PAGE_NUMBER = re.compile(r" {20,}\d{1,3}$")


def is_layout(text: str) -> bool:
    """Whether a text is set in columns of spaces, with rows on several lines: page breaks or drawn rules, no tabs."""
    if "\t" in text:
        return False
    if "\f" not in text:
        return _RULER.search(text) is not None or _GRID.search(text) is not None
    return sum(1 for _ in zip(range(_LEAST_LINES), _COLUMNS.finditer(text), strict=False)) == _LEAST_LINES


def lines_of_layout(text: str) -> Iterator[str]:
    """Lines of the text form: prose as it stands, and each row of a table on one line."""
    if "\f" not in text:
        yield from _ruled(_GRID.sub(_rows_of_grid, text).split("\n"))
        return
    # The tool sets every page in columns of its own, so no table is followed across a break.
    for page in text.split("\f"):
        lines = page.rstrip("\n").split("\n")
        last = 0
        for item in find_tables(list(_printed_lines(lines)), {}):
            number = min(line.page for line in _lines(item)) - 1
            if number > last + 1:
                yield ""
            if isinstance(item, PrintedRow):
                yield "\t".join(" ".join(piece.text for _, piece in cell) for cell in item.cells)
                last = item.last.page - 1
            elif _LONE_MARK.fullmatch(lines[number]) and number + 1 < len(lines) and lines[number + 1].strip():
                # The raised mark of a footnote, put on a line of its own above the note.
                lines[number + 1] = f"{lines[number].strip()} {lines[number + 1].strip()}"
            else:
                yield lines[number].strip()
                last = number
        yield ""


def _ruled(lines: Sequence[str]) -> Iterator[str]:
    """Lines of a text with tables that have a ruler below their head.

    Between two long rules rows have several lines each, and an empty line after them; else a row is one line, and an
    empty one ends the table.
    """
    columns: list[tuple[int, int | None]] = []
    row: list[str] = []
    is_edged = False
    for number, line in enumerate(lines):
        below = list(takewhile(str.strip, lines[number + 1 : number + _MOST_LINES_OF_HEAD]))
        is_edge = _EDGE.fullmatch(line) is not None
        if is_edge or (not columns and line.strip() and below and _RULER.fullmatch(below[0])):
            yield from _row(row, columns)
            ruler = next((one for one in below if _RULER.fullmatch(one)), None)
            starts = [found.start() for found in re.finditer("-+", ruler)] if ruler and not columns else []
            columns, row = list(zip(starts, [*starts[1:], None], strict=True)) if starts else [], []
            is_edged = is_edge
        if columns and not is_edge:
            is_end = not line.strip() or _RULER.fullmatch(line)
            row += [] if is_end else [line]
            if is_end or not is_edged:
                yield from _row(row, columns)
                row = []
            columns = columns if is_edged or line.strip() else []
        elif not is_edge:
            yield line
    yield from _row(row, columns)


def _row(lines: Sequence[str], columns: Sequence[tuple[int, int | None]]) -> Iterator[str]:
    if lines:
        yield "\t".join(" ".join(" ".join(line[slice(*column)] for line in lines).split()) for column in columns)


def _rows_of_grid(found: re.Match[str]) -> str:
    """Rows of a table drawn with signs, each on one line; a cell over several columns stands in its first."""
    lines = found[0].splitlines()
    corners = sorted({corner.start() for line in lines for corner in _CORNER.finditer(line)})
    rows, pending = [], list[list[str]]()
    for line in lines:
        if _CORNER.search(line):
            rows += _grid_rows(pending)
            pending = []
            continue
        edges = [at for at, corner in enumerate(corners) if line[corner : corner + 1] == "|"]
        cells = [""] * (len(corners) - 1)
        for left, right in pairwise(edges):
            cells[left] = _BLOCK_TAG.sub(" ", line[corners[left] + 1 : corners[right]]).strip()
        pending.append(cells)
    return "".join("\t".join(row) + "\n" for row in [*rows, *_grid_rows(pending)])


def _grid_rows(lines: Sequence[Sequence[str]]) -> list[list[str]]:
    """The lines between two rules as one row, or as one each where no rule parts the rows of a table."""
    figures = [sum(is_figure(line[column]) for line in lines) for column in range(1, len(lines[0]))] if lines else []
    if max(figures, default=0) > 1:
        return [list(line) for line in lines]
    return [[" ".join(filter(None, cell)) for cell in zip(*lines, strict=True)]] if lines else []


def _lines(item: ProseLine | PrintedRow) -> list[PrintedLine]:
    return [item.line] if isinstance(item, ProseLine) else [line for cell in item.cells for line, _ in cell]


def _printed_lines(lines: Sequence[str]) -> Iterator[PrintedLine]:
    """The lines with words. Each keeps its number in `page`; as on one long page, each stands below the one before."""
    width = max((len(line) for line in lines), default=0) * _WIDTH
    y, was_apart = 0.0, False
    for number, line in enumerate(lines, 1):
        # Figures set between two lines of their label stand on a line of their own, which is none on the page.
        is_apart = len(line) - len(line.lstrip()) >= _LEAST_INDENT
        y += _LEADING / 2 if line.strip() and is_apart != was_apart else _LEADING
        was_apart = is_apart
        if line.strip() and not _PAGE_NUMBER.fullmatch(line):
            yield PrintedLine(number, tuple(_pieces(line, y)), False, (0.0, width))


def _pieces(line: str, y: float) -> Iterator[Piece]:
    """Words of a line up to each gap of two spaces or more."""
    found = list(_WORD.finditer(line))
    spans = [(word.start(), word.end(), word.group()) for word in found]
    cuts = [at for at, (one, other) in enumerate(pairwise(spans), 1) if other[0] - one[1] >= _LEAST_GAP]
    for start, end in pairwise([0, *cuts, len(spans)]):
        words = tuple(
            Word(text, left * _WIDTH, right * _WIDTH, (left - spans[start + at - 1][1]) * _WIDTH if at else 0.0)
            for at, (left, right, text) in enumerate(spans[start:end])
        )
        yield Piece(words, y - _SIZE, y, _SIZE, "text", _WIDTH)
