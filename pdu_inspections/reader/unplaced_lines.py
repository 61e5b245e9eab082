"""Lines that look like part of a table, or hold a figure beside one, and went nowhere."""

from __future__ import annotations

import re

from pdu_inspections.reader.reading import UnplacedLine
from pdu_inspections.reader.report import Report
from pdu_inspections.reader.tables.detached_figures import is_detached_figure
from pdu_inspections.reader.text import normalise

_FIGURE = re.compile(r"\d")
_NEIGHBOURHOOD = 2
_LONGEST_ROW = 250
_TABLES = (
    "key_questions",
    "prompts",
    "staffing",
    "case_characteristics",
    "contextual_facts",
    "rating_bands",
    "criterion_scores",
)


def find_unplaced_lines(report: Report) -> list[UnplacedLine]:
    """Rows of tables nothing was read from, and short lines with a figure within two lines of a row that was read."""
    near: set[int] = set()
    for table in _TABLES:
        for row in report.reading.rows.get(table, []):
            if row["table_name"]:
                at = int(row["line_number"]) - 1
                near.update(range(at - _NEIGHBOURHOOD, at + _NEIGHBOURHOOD + 1))
    known = {normalise(standard.text) for standard in report.vocabulary.framework_standards(report.framework_id)}
    found: list[UnplacedLine] = []
    for index, line in enumerate(report.lines):
        text = line.text
        if not text or index in report.used or index in report.sections.contents:
            continue
        is_row = is_detached_figure(report, index) or "\t" in text or text.lstrip()[:1] == "|" or "<td" in text
        if report.is_blank(index) or (is_row and _is_known(report, index, known)):
            continue
        is_beside = index in near and _is_like_a_row(report, index)
        has_figure = _FIGURE.search(report.clean(index).text) is not None if is_row or is_beside else False
        if is_row or (is_beside and has_figure):
            found.append(UnplacedLine(line.number, text.strip(), has_figure))
    return found


def _is_known(report: Report, index: int, known: set[str]) -> bool:
    """Whether a row is the wording of a standard, or heads columns of percentages."""
    row = report.row(index)
    if row is None or not row.is_tabbed:
        return False
    return normalise(row.label) in known or row.is_head


def _is_like_a_row(report: Report, index: int) -> bool:
    """Whether a line without tabs may be part of a table: no footnote, no heading, no sentence."""
    text = report.lines[index].text.rstrip()
    marks = report.clean(index).marks
    is_footnote = bool(marks) and marks[0].at == 0
    return len(text) <= _LONGEST_ROW and not is_footnote and text[:1] != "#" and text[-1:] not in (".", ":", ";")
