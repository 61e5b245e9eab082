"""Figures that stand alone on a line, below their label: tables whose cells were written one to a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from pdu_inspections.reader.report import Report
from pdu_inspections.reader.tables.wrapped_labels import MOST_WRAPPED_LINES

_LONGEST_LABEL = 400
_FARTHEST = 5
"""Most lines with words between two figures of one table."""


def figures_below_labels(report: Report, lines: range, is_label: Callable[[str], bool]) -> frozenset[int]:
    """Lines that hold nothing but a figure, each of which belongs to the label right above it.

    Of the figures of a table no two may follow each other, the first must stand below a label, and the last must not
    stand above one: else the labels may be those of the figures above them, and each would get its neighbour's.
    """
    found: set[int] = set()
    for run in _runs(report, lines):
        above = [_is_label(report, index, lines, -1, is_label) for index in run]
        below = [_is_label(report, index, lines, 1, is_label) for index in run]
        is_parted = all(_words_between(report, one, other) for one, other in pairwise(run))
        if above[0] and is_parted and not below[-1]:
            found.update(run)
        elif any(above) or any(below):
            report.notice(run[0], f"{len(run)} figures stand alone: it is not clear which labels they belong to")
    return frozenset(found)


def is_detached_figure(report: Report, index: int) -> bool:
    """Whether a line holds nothing but a figure."""
    if len(report.lines[index].text) > _LONGEST_LABEL or report.is_blank(index):
        return False
    row = report.row(index)
    return row is not None and row.figure is not None and not row.label and not row.is_separated


def _runs(report: Report, lines: range) -> Iterator[list[int]]:
    run: list[int] = []
    for index in lines:
        if is_detached_figure(report, index):
            if run and _words_between(report, run[-1], index) > _FARTHEST:
                yield run
                run = []
            run.append(index)
    if run:
        yield run


def _words_between(report: Report, start: int, end: int) -> int:
    return sum(not report.is_blank(index) for index in range(start + 1, end))


def _is_label(report: Report, index: int, lines: range, step: int, is_label: Callable[[str], bool]) -> bool:
    """Whether the lines right above a figure (step -1) or right below it (1) are a label."""
    parts: list[str] = []
    place = index + step
    while place in lines and len(parts) < MOST_WRAPPED_LINES:
        if not report.is_blank(place):
            row = report.row(place)
            if is_detached_figure(report, place) or (row is not None and row.is_separated):
                return False
            parts.insert(0 if step < 0 else len(parts), report.label_text(place))
            if sum(map(len, parts)) > _LONGEST_LABEL:
                return False
            if is_label(" ".join(parts)):
                return True
        place += step
    return False
