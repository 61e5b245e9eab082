"""Row labels that are wrapped over several lines, before or after the line with the figure."""

from __future__ import annotations

from collections.abc import Container

from pdu_inspections.reader.report import Report
from pdu_inspections.reader.table_rows import LabelledRow

Label = tuple[str, tuple[int, ...]]
"""A wording of a row's label, and the lines it takes."""

MOST_WRAPPED_LINES = 3
_LONGEST_BREAK = 3
_LONGEST_LINE = 220


def label_variants(report: Report, row: LabelledRow, lines: range, taken: Container[int] = ()) -> list[Label]:
    """Wordings a row's label may have, with the lines each takes, shortest first.

    The row's own line, and with up to three lines before and after put to it. A page break may lie between; lines
    that are taken end the search, except for a row that has no words of its own.
    """
    before = _adjacent_lines(report, row, -1, lines, taken)
    after = _adjacent_lines(report, row, 1, lines, taken) if _has_words(row) else []
    variants: list[Label] = []
    for back in range(len(before) + 1):
        for forth in range(len(after) + 1):
            used = (*before[:back][::-1], row.index, *after[:forth])
            parts = [row.label if index == row.index else report.label_text(index) for index in used]
            variants.append((" ".join(" ".join(parts).split()), used))
    return sorted(variants, key=lambda variant: len(variant[1]))


def _has_words(row: LabelledRow) -> bool:
    """Whether a row has more of a label than flags."""
    return any(character.isalnum() for character in row.label)


def _adjacent_lines(report: Report, row: LabelledRow, step: int, lines: range, taken: Container[int]) -> list[int]:
    """Lines near a row, upward or downward, that may belong to its label."""
    found: list[int] = []
    blank = 0
    place = row.index + step
    while place in lines and len(found) < MOST_WRAPPED_LINES and blank <= _LONGEST_BREAK:
        if report.is_blank(place):
            blank += 1
        elif _has_words(row) and (place in report.used or place in taken):
            break
        else:
            other = report.row(place)
            is_row = other is not None and other.is_separated and not other.is_bare
            if is_row or len(report.lines[place].text) > _LONGEST_LINE:
                break
            found.append(place)
            blank = 0
        place += step
    return found
