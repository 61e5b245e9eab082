"""Columns of prose: where pages are set in two, and the order in which their lines are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from pdu_inspections.reader.formats.pdf import words
from pdu_inspections.reader.formats.pdf.page import Page, Piece, PrintedLine

_HALF_GUTTER = 4.0
_STEP = 3.0
_CENTRE = (0.3, 0.7)
_LEAST_LINES = 4
_LEAST_WORDS = 3
_INDENT = 0.3
_LEAST_FILLED = 0.55
_LINES_OF_FULL_PAGE = 15
_OUTDENT = 40.0
_SHARE_OF_GUTTER = 0.7
_NEAR_RULE = 0.6
_FLUSH = 2.5
_PADDING = 8.0


@dataclass(frozen=True, slots=True)
class _Area:
    """The text area of a page, and the gutter in its middle where it has one."""

    left: float
    right: float
    gutter: float
    second: float
    """Where the second column begins."""


def reading_order(pages: Sequence[Page]) -> list[PrintedLine]:
    """Lines of all pages in the order they are read, each with the text area it stands in."""
    edges = _usual_edges(pages)
    areas = {page.number: _area(page, edges[page.number % 2]) for page in pages}
    gutters = [area.gutter for area in areas.values() if area and area.gutter]
    usual = median(gutters) if len(gutters) > 1 else 0.0
    ordered: list[PrintedLine] = []
    for page in pages:
        area = areas[page.number]
        if area is None:
            continue
        if usual and not area.gutter:
            area = _with_gutter(page.lines, area, usual, least=1) or area
        lines = list(_in_columns(page, area) if area.gutter else _whole(page.lines, area))
        lines[-1] = replace(lines[-1], ends_column=True)
        ordered += lines
    return ordered


def _whole(lines: Sequence[PrintedLine], area: _Area) -> Iterator[PrintedLine]:
    for line in lines:
        yield replace(line, column=(area.left, area.right))


def _usual_edges(pages: Sequence[Page]) -> list[tuple[float, float]]:
    """Left and right edge of the text on even and on odd pages, whose margins may differ."""
    edges, widths = [], []
    for parity in (0, 1):
        filled = [page for page in pages if page.number % 2 == parity and len(page.lines) >= _LINES_OF_FULL_PAGE]
        left = median(min(line.x0 for line in page.lines) for page in filled) if filled else float("inf")
        right = median(max(line.x1 for line in page.lines) for page in filled) if filled else 0.0
        edges.append((left, right))
        widths += [right - left] if filled else []
    # The margins of odd and even pages may differ, but not the width of their text.
    return [(left, left + max(widths) if widths and right else right) for left, right in edges]


def _area(page: Page, usual: tuple[float, float]) -> _Area | None:
    """Text area of a page; its gutter is where most lines of prose stand on either side, as far right as can be."""
    if not page.lines:
        return None
    left = min(line.x0 for line in page.lines)
    left = usual[0] if abs(left - usual[0]) <= _OUTDENT else left
    right = max(usual[1], *(line.x1 for line in page.lines))
    whole = _Area(left, right, 0.0, 0.0)
    width = right - left
    beyond = [p for line in page.lines for p in line.pieces if p.x0 > left + _CENTRE[0] * width and _is_prose(p)]
    if len(beyond) < _LEAST_LINES:
        return whole
    best: tuple[int, _Area] = (0, whole)
    for step in range(int(_CENTRE[0] * width / _STEP), int(_CENTRE[1] * width / _STEP) + 1):
        found = _with_gutter(page.lines, whole, left + step * _STEP, _LEAST_LINES)
        if found is not None:
            count = sum(len(run) for run in _runs(page, found) if _is_set_in_columns(run, found, _LEAST_LINES))
            best = max((count, found), best, key=lambda one: one[0])
    return best[1]


def _with_gutter(lines: Sequence[PrintedLine], area: _Area, gutter: float, least: int) -> _Area | None:
    """The area with a gutter, where enough lines of prose begin right of it at one place."""
    right_hand = [p.x0 for line in lines for p in line.pieces if p.x0 >= gutter + _HALF_GUTTER and _is_prose(p)]
    if len(right_hand) < least:
        return None
    second = min(right_hand)
    if second - gutter > 6 * _HALF_GUTTER:
        return None
    return replace(area, gutter=gutter, second=second)


def _is_prose(piece: Piece) -> bool:
    return len(piece.words) >= _LEAST_WORDS and not _is_value(piece)


def _is_value(piece: Piece) -> bool:
    """Whether a piece is a value of a table; of a rating on two lines the first will do."""
    return words.is_value(piece.text) or piece.text.casefold() == "requires"


def _in_columns(page: Page, area: _Area) -> Iterator[PrintedLine]:
    for run in _runs(page, area):
        if not _is_set_in_columns(run, area, 1):
            yield from _whole(run, area)
            continue
        for column in (0, 1):
            edges = _edges(run, area, column)
            lines = []
            for line in run:
                pieces = tuple(piece for piece in line.pieces if (piece.x0 > area.gutter) == bool(column))
                if pieces:
                    lines.append(replace(line, pieces=pieces, column=edges))
            if lines:
                lines[-1] = replace(lines[-1], ends_column=True)
            yield from lines


def _runs(page: Page, area: _Area) -> Iterator[list[PrintedLine]]:
    """Lines between those that cross the gutter; each crossing line is a run of its own."""
    run: list[PrintedLine] = []
    for line in _parted(page.lines, area):
        if _crosses(page, line, area):
            if run:
                yield run
            yield [line]
            run = []
        else:
            run.append(line)
    if run:
        yield run


def _parted(lines: Sequence[PrintedLine], area: _Area) -> Iterator[PrintedLine]:
    """Lines, parted at the gutter where that is no wider than the gaps of a line stretched to its column's width."""
    edge = area.left + area.right - area.second
    least = _SHARE_OF_GUTTER * (area.second - edge)
    for line in lines:
        pieces: list[Piece] = []
        for piece in line.pieces:
            at = next((i for i, word in enumerate(piece.words) if word.x0 >= area.second - 2), 0)
            is_parted = at and piece.words[at].gap >= least > 0 and piece.words[at - 1].x1 <= edge + 2
            pieces += [piece.cut(0, at), piece.cut(at)] if is_parted else [piece]
        yield replace(line, pieces=tuple(pieces))


def _crosses(page: Page, line: PrintedLine, area: _Area) -> bool:
    """Whether a line belongs to neither column: its text or its box crosses the gutter, or it is a row of a table."""
    low, high = area.gutter - _HALF_GUTTER, area.gutter + _HALF_GUTTER
    if any(piece.x0 < high and piece.x1 > max(low, area.second - 1) for piece in line.pieces):
        return True
    beyond = [piece for piece in line.pieces if piece.x0 > area.gutter]
    if beyond and _is_value(beyond[-1]):
        indent = beyond[0].x0 - area.second
        least = _INDENT * (area.right - area.second) if len(beyond) == 1 else _PADDING
        if indent > least:
            return True
    near = _NEAR_RULE * (line.bottom - line.top)
    across = [rule.y for rule in page.rules if rule.x0 < low - near and rule.x1 > high + near]
    return any(0 <= line.top - y <= near for y in across) and any(0 <= y - line.bottom <= near for y in across)


def _is_set_in_columns(run: Sequence[PrintedLine], area: _Area, least: int) -> bool:
    """Whether enough lines of prose stand on both sides of the gutter; few are enough where they begin at the edges."""
    left = [p for line in run for p in line.pieces if p.x1 < area.gutter and _is_prose(p)]
    right = [p for line in run for p in line.pieces if p.x0 > area.gutter and _is_prose(p)]
    if max((p.x1 - p.x0 for p in right), default=0.0) < _LEAST_FILLED * (area.right - area.second):
        # Heads of several columns of figures, none of which is as wide as a column of prose.
        return False
    if len(left) >= _LEAST_LINES and len(right) >= _LEAST_LINES:
        return True
    flush_left = sum(abs(piece.x0 - area.left) <= _FLUSH for piece in left)
    flush_right = sum(abs(piece.x0 - area.second) <= _FLUSH for piece in right)
    return flush_left >= least and flush_right >= least


def _edges(run: Sequence[PrintedLine], area: _Area, column: int) -> tuple[float, float]:
    """Left and right edge of a column; both columns are as wide, unless most lines of the first end elsewhere."""
    if column:
        return area.second, area.right
    ends = sorted(p.x1 for line in run for p in line.pieces if p.x1 < area.second and _is_prose(p))
    if len(ends) < _LINES_OF_FULL_PAGE:
        return area.left, area.left + area.right - area.second
    return area.left, ends[int(0.9 * len(ends))]
