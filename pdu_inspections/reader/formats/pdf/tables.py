"""Finds the tables among the lines of a document: lines with values in a column of their own, and what lies between."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pdu_inspections.reader.formats.pdf import words
from pdu_inspections.reader.formats.pdf.page import Piece, PrintedLine, Rule
from pdu_inspections.reader.formats.pdf.row_division import LineGroup, RowDivider, TableLine

_HARD_GAP = 2.0
_HARD_GAP_IN_SPACES = 3.5
_VALUES_FROM = 0.4
_MOST_LINES_AROUND = 6
_MOST_LINES_OF_LABELS = 30
_SAME_WIDTH = 0.25
_MOST_WORDS_OF_LONE_VALUE = 5
_NEAR = 3.0
_LARGER = 1.15
_PIECES_OF_FULL_HEAD = 3
_USUAL_SPACE = 0.35
_LEAST_GAP = 1.25
"""Least gap between two columns, in spaces between words."""
_LIST_LABEL = re.compile(r"(?:[•▪●■□◦‣▣►✓✔*o\ufffd–-]|\(?(?:\d{1,2}|[a-z])[.)])$")
_ADDRESS = re.compile(r"[@/]|www\.")


@dataclass(frozen=True, slots=True)
class ProseLine:
    """A line outside every table."""

    line: PrintedLine


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row of a table: the pieces of each cell, from the first column to the last that the row fills."""

    cells: tuple[tuple[tuple[PrintedLine, Piece], ...], ...]
    is_bare: bool
    """Whether nothing but the label is there: a heading of the rows below it."""
    last: PrintedLine


@dataclass(slots=True)
class _TableDraft:
    """A table while its lines are gathered: its columns as intervals from left to right."""

    lines: list[PrintedLine] = field(default_factory=list)
    columns: list[tuple[float, float]] = field(default_factory=list)
    rows: int = 0
    has_figures: bool = False


def find_tables(lines: Sequence[PrintedLine], rules: Mapping[int, Sequence[Rule]]) -> Iterator[ProseLine | PrintedRow]:
    """Lines of prose and rows of tables, in order."""
    prepared = [_with_parted_figures(_with_list_labels(line)) for line in lines]
    start = 0
    while start < len(prepared):
        table = _grow(prepared, start)
        if table is None:
            yield ProseLine(_as_prose(prepared[start]))
            start += 1
            continue
        first, end, columns = table
        yield from _rows(prepared[first:end], columns, rules)
        start = end


# ---------------------------------------------------------------------- one line


def _with_list_labels(line: PrintedLine) -> PrintedLine:
    """The line, a bullet or number of a list put to the words after it."""
    if len(line.pieces) < 2 or len(line.pieces[0].words) > 1 or not _LIST_LABEL.match(line.pieces[0].text):
        return line
    label, text, *rest = line.pieces
    joined = replace(text, words=(*label.words, *text.words), top=min(label.top, text.top))
    return replace(line, pieces=(joined, *rest))


def _with_parted_figures(line: PrintedLine) -> PrintedLine:
    """The line, with figures that stand side by side in narrow columns as pieces of their own."""
    pieces: list[Piece] = []
    for piece in line.pieces:
        is_of_figures = len(piece.words) > 1 and all(words.is_figure(word.text) for word in piece.words)
        # Where a page prints nothing else in this type, its usual gap is the one between columns.
        least = _LEAST_GAP * min(piece.space, _USUAL_SPACE * piece.size)
        is_apart = is_of_figures and all(word.gap >= least for word in piece.words[1:])
        pieces += [piece.cut(at, at + 1) for at in range(len(piece.words))] if is_apart else [piece]
    return replace(line, pieces=tuple(pieces)) if len(pieces) > len(line.pieces) else line


def _as_prose(line: PrintedLine) -> PrintedLine:
    """The line as one piece: a wide gap in it was stretched, not left for a column."""
    if len(line.pieces) == 1:
        return line
    longest = max(line.pieces, key=lambda piece: len(piece.words))
    joined = replace(longest, words=tuple(word for piece in line.pieces for word in piece.words))
    return replace(line, pieces=(joined,))


def _is_evidence(line: PrintedLine) -> bool:
    """Whether a line shows by itself that it is a row: wide gaps, or a value alone far to the right."""
    if len(line.pieces) > 1:
        is_row = words.is_value(line.pieces[-1].text) or any(
            _is_hard(one, other) for one, other in pairwise(line.pieces)
        )
        return is_row and not _is_stretched(line)
    left, right = line.column
    piece = line.pieces[0]
    is_centred = abs(piece.middle - (left + right) / 2) < 0.06 * (right - left)
    return (
        piece.x0 > left + _VALUES_FROM * (right - left)
        and not is_centred
        and (words.is_value(piece.text) or len(piece.words) <= 2)
    )


def _is_stretched(line: PrintedLine) -> bool:
    """Whether a line is prose with few words, stretched to both edges of its column."""
    left, right = line.column
    if line.x1 < right - line.size or line.x0 > left + 3 * line.size:
        return False
    all_words = [word for piece in line.pieces for word in piece.words]
    gaps = [other.x0 - one.x1 for one, other in pairwise(all_words)]
    return len(gaps) > 1 and max(gaps) <= 1.25 * min(gaps)


def _is_hard(one: Piece, other: Piece) -> bool:
    return other.x0 - one.x1 >= max(_HARD_GAP * other.size, _HARD_GAP_IN_SPACES * other.space)


# ---------------------------------------------------------------------- lines to tables


def _grow(lines: list[PrintedLine], start: int) -> tuple[int, int, list[tuple[float, float]]] | None:
    """The table that begins at a line: its first line, the line after its last, and its columns.

    Lines before its first line with a value may belong to it, when a label is wrapped above its value; so a table is
    looked for some lines ahead.
    """
    first = next((i for i in range(start, min(start + _MOST_LINES_AROUND, len(lines))) if _is_evidence(lines[i])), None)
    if first is None:
        return None
    table = _TableDraft(columns=[])
    if not _add(table, lines[first]):
        return None
    end = first + 1
    seen = end
    width = lines[first].column[1] - lines[first].column[0]
    while seen < len(lines):
        line = lines[seen]
        is_heading = len(line.pieces) == 1 and line.size > _LARGER * lines[end - 1].size
        if is_heading or abs(line.column[1] - line.column[0] - width) > _SAME_WIDTH * width:
            break
        if _is_evidence(line) and len(line.pieces) > 1:
            again = _begun_again(lines, first, seen) if not table.has_figures else None
            if again is not None:
                table = again
            else:
                line = _parted(table, line)
                if not _add(table, line):
                    break
                lines[seen] = line
            end = seen + 1
        elif not _fits_between(table, line):
            parted = _parted(table, line)
            if not _add(table, parted):
                break
            lines[seen] = parted
            end = seen + 1
        elif _is_evidence(line) and _in_values(table, line):
            _add(table, line)
            end = seen + 1
        elif seen - end >= (_MOST_LINES_OF_LABELS if _is_in_labels(table, line) else 2 * _MOST_LINES_AROUND):
            break
        seen += 1
    if len(table.columns) < 2 and not _has_label(table, lines, first, end):
        return None
    if table.rows == 1 and not _stands_alone_as_row(lines[first]):
        return None
    after = end
    while after < min(end + _MOST_LINES_AROUND, seen) and (after == end or not lines[after - 1].ends_column):
        after += 1
    before = first
    while before > start and not lines[before - 1].ends_column:
        above = lines[before - 1]
        if not _fits_between(table, above):
            above = lines[before - 1] = _parted(table, above)
        is_head = len(above.pieces) > 1 and _overlaps_values(table, above) and _add(table, above)
        if not is_head and not _fits_between(table, above):
            break
        before -= 1
    if before > start:
        return None
    return before, after, _with_label_column(table.columns, lines[before:after])


def _with_label_column(columns: list[tuple[float, float]], lines: Sequence[PrintedLine]) -> list[tuple[float, float]]:
    """The columns, with one for the labels where no line holds both a label and a value."""
    labels = [(x0, x1) for line in lines for x0, x1 in _extents(line) if x1 < columns[0][0]]
    if not labels:
        return columns
    return [(min(x0 for x0, _ in labels), max(x1 for _, x1 in labels)), *columns]


def _extents(line: PrintedLine) -> Iterator[tuple[float, float]]:
    """Where each piece of a line begins and ends, from the left edge of the line's text area."""
    for piece in line.pieces:
        yield piece.x0 - line.column[0], piece.x1 - line.column[0]


def _add(table: _TableDraft, line: PrintedLine) -> bool:
    """Puts a line's pieces into the table's columns; False where it does not fit them."""
    columns = list(table.columns)
    # A head on several lines may fill other columns on each; a row of figures stands under those before it.
    if table.has_figures and not any(
        x0 < right and x1 > left for x0, x1 in _extents(line) for left, right in columns[1:] or columns
    ):
        return False
    if table.has_figures:
        columns = _widened(columns, line)
    taken: set[int] = set()
    for x0, x1 in _extents(line):
        touching = [i for i, (left, right) in enumerate(columns) if x0 < right and x1 > left]
        if len(touching) > 1 or taken.intersection(touching):
            return False
        if touching:
            at = touching[0]
            columns[at] = (min(columns[at][0], x0), max(columns[at][1], x1))
        else:
            columns.append((x0, x1))
            columns.sort()
            at = columns.index((x0, x1))
            taken = {i + (i >= at) for i in taken}
        taken.add(at)
    if any(one[1] > other[0] for one, other in pairwise(columns)):
        return False
    table.columns = columns
    table.rows += 1
    table.has_figures |= any(words.is_figure(piece.text) for piece in line.pieces[-1:])
    return True


def _widened(columns: Sequence[tuple[float, float]], line: PrintedLine) -> list[tuple[float, float]]:
    """Columns of figures, each widened to the piece near it that touches none: a head set otherwise than its figures,
    or a figure with more or fewer digits than those above."""
    extents = list(_extents(line))
    widened = list(columns)
    for x0, x1 in extents:
        if any(x0 < right and x1 > left for left, right in columns):
            continue
        gaps = sorted((max(left - x1, x0 - right), at) for at, (left, right) in enumerate(columns))
        (gap, at), others = gaps[0], gaps[1:]
        left, right = widened[at]
        is_taken = any(one < right and other > left for one, other in extents)
        if gap < _NEAR * line.size and not is_taken and all(2 * gap < other for other, _ in others):
            widened[at] = (min(left, x0), max(right, x1))
    return widened


def _fits_between(table: _TableDraft, line: PrintedLine) -> bool:
    """Whether a line may stand inside a table: it touches no more than one of its columns."""
    x0, x1 = line.x0 - line.column[0], line.x1 - line.column[0]
    return sum(x0 < right and x1 > left for left, right in table.columns) <= 1


def _parted(table: _TableDraft, line: PrintedLine) -> PrintedLine:
    """A line with pieces that come close to each other across the space between two columns, parted there.

    The gap must be wider than the line's narrowest, and lie where one column has ended and the next not begun.
    """
    left, right = line.column
    spaces = [(one[1] + left - 1, other[0] + left + 1) for one, other in pairwise(table.columns)]
    if table.columns[0][0] > _VALUES_FROM * (right - left):
        # The column of labels is not among the columns where no line has held a label and a value so far.
        spaces.append((left + table.columns[0][0] - line.size, left + table.columns[0][0] + 1))
    pieces: list[Piece] = []
    for piece in line.pieces:
        least = min((word.gap for word in piece.words[1:]), default=0.0) if len(piece.words) > 2 else 0.0
        least = _LEAST_GAP * max(piece.space, least)
        cuts = [
            at
            for at in range(1, len(piece.words))
            if piece.words[at].gap >= least
            and any(low <= piece.words[at].x0 <= high + piece.words[at].gap for low, high in spaces)
        ]
        edges = [0, *cuts, len(piece.words)]
        pieces += [piece.cut(start, end) for start, end in pairwise(edges)]
    return replace(line, pieces=tuple(pieces)) if len(pieces) > len(line.pieces) else line


def _begun_again(lines: list[PrintedLine], first: int, at: int) -> _TableDraft | None:
    """A table whose columns are those of its first line of figures, or of the fullest line of its head: the heads above
    are wider, or close together."""
    line = lines[at]
    if sum(words.is_figure(piece.text) for piece in line.pieces) < 2 and len(line.pieces) < _PIECES_OF_FULL_HEAD:
        return None
    table = _TableDraft()
    _add(table, line)
    heads = [_parted(table, lines[number]) for number in range(first, at)]
    for number, head in enumerate(heads, first):
        is_over_several = len(head.pieces) == 1 and not _fits_between(table, head)
        if any(words.is_figure(piece.text) for piece in head.pieces) or not (
            is_over_several or (_add(table, head) if len(head.pieces) > 1 else _fits_between(table, head))
        ):
            return None
        lines[number] = head
    return table


def _overlaps_values(table: _TableDraft, line: PrintedLine) -> bool:
    """Whether the last piece of a line stands in the column of values, and the others in none of the columns' way."""
    x0, x1 = line.pieces[-1].x0 - line.column[0], line.pieces[-1].x1 - line.column[0]
    left, right = table.columns[-1]
    return x0 < right and x1 > left


def _in_values(table: _TableDraft, line: PrintedLine) -> bool:
    x0, x1 = line.x0 - line.column[0], line.x1 - line.column[0]
    return any(x0 < right and x1 > left for left, right in table.columns[1:] or table.columns)


def _is_in_labels(table: _TableDraft, line: PrintedLine) -> bool:
    """Whether a line stands in a narrow column of labels, where a label may be wrapped over many lines."""
    left, right = line.column
    return line.x1 - left < table.columns[min(1, len(table.columns) - 1)][0] < _VALUES_FROM * (right - left)


def _has_label(table: _TableDraft, lines: Sequence[PrintedLine], first: int, end: int) -> bool:
    """Whether a label stands beside values that share no line with one: above the first of them, or between them."""
    start = first - (first > 0 and not lines[first - 1].ends_column)
    return any(line.x1 - line.column[0] < table.columns[0][0] for line in lines[start:end])


def _stands_alone_as_row(line: PrintedLine) -> bool:
    """Whether one line without others like it makes a row: what stands apart at its right end is short."""
    last = line.pieces[-1]
    return len(last.words) <= _MOST_WORDS_OF_LONE_VALUE and not _ADDRESS.search(last.text)


# ---------------------------------------------------------------------- tables to rows


def _rows(
    lines: Sequence[PrintedLine], columns: Sequence[tuple[float, float]], rules: Mapping[int, Sequence[Rule]]
) -> Iterator[ProseLine | PrintedRow]:
    slots = [_slot(line, columns) for line in _without_repeated_heads(lines)]
    for group in RowDivider(slots, rules).divide():
        if group.is_plain:
            yield from (ProseLine(_as_prose(slot.line)) for slot in group.slots)
        else:
            yield _row(group, len(columns))


def _slot(line: PrintedLine, columns: Sequence[tuple[float, float]]) -> TableLine:
    pieces: dict[int, Piece] = {}
    for piece, (x0, x1) in zip(line.pieces, _extents(line), strict=True):
        column = max(range(len(columns)), key=lambda i: min(x1, columns[i][1]) - max(x0, columns[i][0]))
        if column in pieces:
            pieces[column] = replace(pieces[column], words=(*pieces[column].words, *piece.words))
        else:
            pieces[column] = piece
    return TableLine(line, pieces, len(pieces) > 1 or _is_evidence(line))


def _row(group: LineGroup, count: int) -> PrintedRow:
    cells = tuple(
        tuple((slot.line, slot.pieces[column]) for slot in group.slots if column in slot.pieces)
        for column in range(count)
    )
    filled = max(column for column, cell in enumerate(cells) if cell)
    return PrintedRow(cells[: filled + 1], filled == 0, group.slots[-1].line)


def _without_repeated_heads(lines: Sequence[PrintedLine]) -> Iterator[PrintedLine]:
    """Lines of a table, without its head where that is printed again after a break."""
    fonts = Counter(line.font for line in lines)
    usual = fonts.most_common(1)[0][0]
    seen: dict[str, int] = {}
    head: int | None = None
    is_after_break = False
    for number, line in enumerate(lines):
        earlier = seen.get(line.text) if is_after_break else None
        if earlier is not None and _is_head(lines[earlier]):
            head = earlier
        elif head is not None and _goes_on_with_head(lines[head + 1], line, usual):
            head += 1
        else:
            head = None
            seen.setdefault(line.text, number)
            yield line
        # The same head below the heading of another standard is that standard's own.
        is_after_break = line.ends_column and not words.begins_coded(line.text)


def _goes_on_with_head(line: PrintedLine, repeated: PrintedLine, usual_font: str) -> bool:
    """Whether a line below a repeated head repeats the line below the head, and belongs to the head as that does."""
    is_apart = line.font != usual_font or line.x0 > line.column[0] + _VALUES_FROM * (line.column[1] - line.column[0])
    return line.text == repeated.text and is_apart and not words.is_figure(line.pieces[-1].text)


def _is_head(line: PrintedLine) -> bool:
    return len(line.pieces) > 1 and not any(words.is_figure(piece.text) for piece in line.pieces[1:])
