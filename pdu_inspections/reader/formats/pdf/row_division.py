"""Rows of a table out of its printed lines.

A label may be wrapped over several lines, and its value may stand beside the first, the middle or the last of them.
Which lines make a row is found as the cheapest division of all lines of the table: every cue (rules, gaps, whether the
next word would still have fitted, wording, type) makes a division dearer or cheaper, and two figures in one row are
ruled out.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pdu_inspections.reader.formats.pdf import words
from pdu_inspections.reader.formats.pdf.page import Piece, PrintedLine, Rule

MOST_LINES_IN_ROW = 14
_FEW_LABELS = 2
_PLACES = ("top", "middle", "bottom")


@dataclass(frozen=True, slots=True)
class TableLine:
    """One printed line of a table, its pieces by column."""

    line: PrintedLine
    pieces: Mapping[int, Piece]
    is_evidence: bool
    """Whether the line itself shows that it belongs to a table: it has a piece outside the column of labels."""


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Consecutive slots that make a row, or (is_plain) lines between rows that belong to no row."""

    slots: tuple[TableLine, ...]
    is_plain: bool


class RowDivider:
    """Divides the slots of one table into rows."""

    def __init__(self, slots: Sequence[TableLine], rules: Mapping[int, Sequence[Rule]]) -> None:
        self.slots = slots
        self.rules = rules
        self.main = self._main_column()
        self.first = next((i for i, slot in enumerate(slots) if slot.is_evidence), len(slots))
        self.last = next((i for i in range(len(slots) - 1, -1, -1) if slots[i].is_evidence), -1)
        inner = self._labels(slots[self.first : self.last + 1])
        styles = Counter((piece.font, round(piece.size, 1)) for piece, _ in inner)
        self.font, self.size = styles.most_common(1)[0][0] if styles else ("", 10.0)
        seen = inner if len(inner) > _FEW_LABELS else self._labels(slots)
        alike = [end for end in seen if (end[0].font, round(end[0].size, 1)) == (self.font, self.size)]
        self.edge = max((piece.x1 - left for piece, left in alike or seen), default=0.0)
        self.width = max((s.line.x1 for s in slots), default=0.0) - min((s.line.x0 for s in slots), default=0.0)
        self.leading, self.row_gap = self._gaps()
        self.has_rules = self._count_rules() >= 2
        self.bonds = [self._bond_cost(i) for i in range(len(slots) - 1)]
        self.wraps: list[list[tuple[int, float]]] = [[] for _ in slots]
        for lower in range(1, len(slots)):
            found = self._wrap(lower)
            if found is not None:
                self.wraps[found[0]].append((lower, found[1]))
        self.breaks = [self._break_cost(i) for i in range(len(slots) - 1)]

    def divide(self) -> list[LineGroup]:
        """The cheapest division, over the three places a value may have beside its label."""
        return min((self._divide(place) for place in _PLACES), key=lambda found: found[0])[1]

    # ------------------------------------------------------------------ what the table looks like

    def _main_column(self) -> int:
        lengths: Counter[int] = Counter()
        for slot in self.slots:
            for column, piece in slot.pieces.items():
                lengths[column] += sum(len(word.text) for word in piece.words)
        return lengths.most_common(1)[0][0] if lengths else 0

    def _labels(self, slots: Sequence[TableLine]) -> list[tuple[Piece, float]]:
        """Pieces in the main column, with the left edge of the text area they stand in."""
        found = ((slot.pieces.get(self.main), slot.line.column[0]) for slot in slots)
        return [(piece, left) for piece, left in found if piece is not None]

    def _main_pairs(self) -> list[tuple[int, int]]:
        """Slots with a piece in the main column, each with the next one."""
        return list(pairwise(i for i, slot in enumerate(self.slots) if self.main in slot.pieces))

    def _gaps(self) -> tuple[float, float]:
        """Distance of wrapped lines of a label, and of rows where it is clearly wider (else 0)."""
        pairs = self._main_pairs()
        # Lines above the head and below the last row may be prose, set otherwise.
        inner = [(one, other) for one, other in pairs if self.first <= one and other <= self.last] or pairs
        distances = sorted(d for pair in inner if (d := self._distance(*pair)) is not None and d > 0.5 * self.size)
        if not distances:
            return 1.2 * self.size, 0.0
        tight = distances[: max(1, len(distances) // 10 + 1)]
        leading = min(median(tight), 1.6 * self.size)
        wide = [d for d in distances if d > leading * 1.12 + 0.4]
        narrow = len(distances) - len(wide)
        return leading, median(wide) if wide and narrow and len(wide) >= 0.2 * len(distances) else 0.0

    def _distance(self, one: int, other: int) -> float | None:
        """Distance of two baselines in the main column; None across a break of page or column."""
        if any(slot.line.ends_column for slot in self.slots[one:other]):
            return None
        return self.slots[other].pieces[self.main].bottom - self.slots[one].pieces[self.main].bottom

    def _has_rule(self, one: int, other: int) -> bool:
        """Whether a rule of the table runs between two slots."""
        above, below = self.slots[one], self.slots[other]
        if above.line.page != below.line.page or above.line.bottom >= below.line.bottom:
            return False
        upper, lower = above.pieces.get(self.main), below.pieces.get(self.main)
        start = (upper.top + upper.bottom) / 2 if upper else above.line.top
        end = (lower.top + lower.bottom) / 2 if lower else below.line.bottom
        rules = self.rules.get(above.line.page, ())
        at = bisect_left(rules, start, key=lambda rule: rule.y)
        left, right = (upper or lower or above.line.pieces[0]).x0, (upper or lower or above.line.pieces[0]).x1
        while at < len(rules) and rules[at].y <= end:
            rule = rules[at]
            covers = min(rule.x1, right) - max(rule.x0, left) >= 0.6 * (right - left)
            if covers and rule.x1 - rule.x0 >= (right - left) + 3 and rule.x1 - rule.x0 >= 0.4 * self.width:
                return True
            at += 1
        return False

    def _count_rules(self) -> int:
        inner = range(self.first, self.last)
        return sum(self._has_rule(i, i + 1) for i in inner)

    # ------------------------------------------------------------------ what a division costs

    def _above(self, i: int, column: int) -> int | None:
        """The nearest slot from i upward with a piece in a column."""
        return next((k for k in range(i, max(i - 4, -1), -1) if column in self.slots[k].pieces), None)

    def _bond_cost(self, i: int) -> float:
        """Cost of slots i and i + 1 being in one row, whatever they say: of a rule or a break between them."""
        above, below = self.slots[i].pieces, self.slots[i + 1].pieces
        # A line of its own above the heads of columns, such as a heading, is no part of them.
        is_above_head = (
            set(above) == {self.main}
            and self.main not in below
            and not any(words.is_value(piece.text) for piece in below.values())
        )
        rule, column_end = self._has_rule(i, i + 1), self.slots[i].line.ends_column
        return 8.0 * rule + 1.0 * column_end + 6.0 * is_above_head

    def _wrap(self, lower: int) -> tuple[int, float] | None:
        """The slot whose text goes on in a slot if both are in one row, and the cost of that."""
        below = self.slots[lower].pieces
        columns = (
            (self.main,) if self.main in below else tuple(c for c, p in below.items() if not words.is_value(p.text))
        )
        found = [
            (upper, self._wrap_cost(upper, lower, column))
            for column in columns
            if (upper := self._above(lower - 1, column)) is not None
        ]
        return max(found, key=lambda one: one[1], default=None)

    def _wrap_cost(self, one: int, other: int, column: int) -> float:
        """Cost of a text going on from one slot to another in a column."""
        above, below = self.slots[one].pieces[column], self.slots[other].pieces[column]
        before, after = above.text, below.text
        if words.is_only_flags(after):
            return 0.0
        cost = 0.0
        if column == self.main:
            distance = self._distance(one, other)
            if distance is not None:
                cost += min(9.0, max(0.0, distance - self.leading * 1.05 - 0.4) / self.leading * 16)
            end = above.x1 - self.slots[one].line.column[0]
            fits = end + above.space + below.words[0].x1 - below.words[0].x0 <= self.edge - 0.5
            cost += 6.0 if fits and not before.endswith("-") else 0.0
        cost += 6.0 if abs(above.size - below.size) > 0.08 * above.size else 0.0
        cost += 1.5 if above.font != below.font else 0.0
        cost += 2.5 if words.ends_question(before) else 1.2 if words.is_terminal(before) else 0.0
        cost += 4.0 if words.begins_coded(after) else 0.0
        if words.begins_lower(after) or words.is_left_open(before):
            cost -= 2.0
        elif after[:1].isupper():
            cost += 0.7
        return cost

    def _break_cost(self, i: int) -> float:
        """Cost of a row ending after slot i."""
        above = self._above(i, self.main)
        below = next((k for k in range(i + 1, min(i + 5, len(self.slots))) if self.main in self.slots[k].pieces), None)
        if above is None or below is None:
            return 0.0
        before, after = self.slots[above].pieces[self.main].text, self.slots[below].pieces[self.main].text
        cost = 8.0 if words.is_only_flags(after) else 0.0
        if words.begins_lower(after):
            cost += 3.0
        if words.is_left_open(before):
            cost += 3.0
        if self.has_rules and not self._has_rule(i, i + 1) and not self.slots[i].line.ends_column:
            cost += 3.0
        distance = self._distance(above, below)
        if self.row_gap and distance is not None and distance < (self.leading + self.row_gap) / 2:
            cost += 2.0
        return cost

    def _row_cost(self, group: Sequence[TableLine], start: int, place: str) -> float:
        columns: dict[int, list[Piece]] = {}
        for slot in group:
            for column, piece in slot.pieces.items():
                columns.setdefault(column, []).append(piece)
        main = columns.pop(self.main, [])
        if not columns:
            is_outside = start > self.last or start + len(group) <= self.first
            other_size = abs(main[0].size - self.size) > 0.08 * self.size
            return 1.0 + 3.0 * is_outside + 2.0 * other_size
        cost = 0.0 if main else 1.0 + 3.0 * all(_is_continued(pieces[0].text) for pieces in columns.values())
        is_whole = not any(slot.line.ends_column for slot in group[:-1])
        for pieces in columns.values():
            cost += _stack_cost(pieces)
            if main and is_whole and len(pieces) <= len(main):
                away = abs(_place(pieces, place) - _place(main, place)) / self.leading
                cost += 6.0 * max(0.0, away - 0.25)
        return cost

    def _plain_cost(self, group: Sequence[TableLine], start: int) -> float:
        """Cost of lines being no part of the table."""
        if any(slot.is_evidence for slot in group):
            return math.inf
        first = group[0].pieces.get(self.main)
        if first is None:
            return 0.3
        cost = 6.0 if words.is_only_flags(first.text) else 1.8
        if start > self.last or start + len(group) <= self.first:
            cost -= 1.5
        if first.font != self.font or abs(first.size - self.size) > 0.08 * self.size:
            cost -= 0.5 + (abs(first.size - self.size) > 0.08 * self.size)
        distance = self._distance(start - 1, start) if start and self.main in self.slots[start - 1].pieces else None
        if distance is not None and distance > 1.5 * max(self.row_gap, self.leading):
            cost -= 0.7
        return max(cost, 0.05)

    # ------------------------------------------------------------------ the cheapest division

    def _divide(self, place: str) -> tuple[float, list[LineGroup]]:
        count = len(self.slots)
        best: list[tuple[float, int, bool]] = [(0.0, 0, False)] + [(math.inf, 0, False)] * count
        for end in range(1, count + 1):
            wraps = bonds = 0.0
            for start in range(end - 1, max(end - 1 - MOST_LINES_IN_ROW, -1), -1):
                if start < end - 1:
                    bonds += self.bonds[start]
                    wraps += sum(cost for lower, cost in self.wraps[start] if lower < end)
                before = best[start][0]
                group = self.slots[start:end]
                breaks = self.breaks[start - 1] if start else 0.0
                row = before + breaks + bonds + wraps + self._row_cost(group, start, place)
                plain = before + breaks + self._plain_cost(group, start) + min(wraps, 0.2 * len(group))
                for cost, is_plain in ((row, False), (plain, True)):
                    if cost < best[end][0] - 1e-9:
                        best[end] = (cost, start, is_plain)
        groups: list[LineGroup] = []
        end = count
        while end:
            _, start, is_plain = best[end]
            groups.append(LineGroup(tuple(self.slots[start:end]), is_plain))
            end = start
        return best[count][0], groups[::-1]


def _place(pieces: Sequence[Piece], place: str) -> float:
    if place == "top":
        return pieces[0].bottom
    if place == "bottom":
        return pieces[-1].bottom
    return (pieces[0].bottom + pieces[-1].bottom) / 2


def _stack_cost(pieces: Sequence[Piece]) -> float:
    """Cost of pieces one above the other in one cell; two figures are never one value; a figure and its unit are."""
    cost = 0.0
    first, *others = (piece.text for piece in pieces)
    if others and words.is_value(" ".join((first, *others))) and not any(map(words.is_value, others)):
        return 0.2 * len(others)
    for above, below in pairwise(pieces):
        if words.is_value(above.text) or words.is_value(below.text):
            return math.inf
        cost += 0.2 if _is_continued(below.text) or words.is_left_open(above.text) else 2.0
    return cost


def _is_continued(text: str) -> bool:
    """Whether a text in a column of values looks like the second line of one."""
    return words.begins_lower(text) or text[:1] in "'\"‘“("
