"""Criterion scores of follow-up reports of the 2003-06 framework, each for the original and the follow-up."""

from __future__ import annotations

import re
from itertools import takewhile

from pdu_inspections.reader.figures import CellFigure, cell_figure
from pdu_inspections.reader.report import Report
from pdu_inspections.reader.text import CleanText, normalise, plain_punctuation, similarity
from pdu_inspections.reader.vocabulary import Match

_CODE = re.compile(r"^\W*(?P<code>[A-D]\s?\d)\s*[:.)-]?\s*(?P<name>.*)$")
_ORIGINAL = re.compile(r"\boriginal\b", re.I)
_FOLLOW_UP = re.compile(r"\bfollow[-\s]?up\b", re.I)
_ORIGINAL_ONE = "original"
_FOLLOW_UP_ONE = "follow_up"
_NAME_LIKENESS = 0.7
_LONGEST_HEADING = 100


class CriterionScores:
    """Reads the scores of the summary sheet (two columns) and of the chapters (two lines)."""

    def __init__(self, report: Report, original_id: str | None) -> None:
        self.report = report
        self.inspections = {_ORIGINAL_ONE: original_id, _FOLLOW_UP_ONE: report.inspection_id}
        self.columns: list[str] = []
        self.criterion_id: str | None = None
        self.table, self.number = "", 0

    def read(self) -> None:
        """Every row of a table with the code of a criterion, and the rows that go on with it."""
        for index in range(self.report.sections.contents.stop, len(self.report.lines)):
            if self.report.is_blank(index):
                continue
            row = self.report.row(index)
            if row is not None and row.is_tabbed:
                self._read_row(index, [cell for cell in row.cells if cell.text.strip()])
                continue
            self.criterion_id = None
            text = " ".join(self.report.clean(index).text.split())
            if len(text) < _LONGEST_HEADING:
                self.table, self.number = text, 0
        self._report_disagreement()

    def _report_disagreement(self) -> None:
        """Notices of scores that the summary sheet and the chapter print differently, or only one of them prints."""
        printed: dict[tuple[str, str], dict[str, str]] = {}
        for row in self.report.reading.rows.get("criterion_scores", []):
            scores = printed.setdefault((row["inspection_id"], row["criterion_id"]), {})
            scores[row["place"]] = row["as_printed"]
        for (inspection_id, criterion_id), scores in printed.items():
            if len(scores) < 2 or len(set(scores.values())) > 1:
                places = ", ".join(f"{score} in the {place}" for place, score in scores.items())
                self.report.notice(None, f"scores of {criterion_id}, {inspection_id}: {places}")

    def _read_row(self, index: int, cells: list[CleanText]) -> None:
        figures = [(cell, found) for cell in cells if (found := cell_figure(cell.text)) and found.value]
        named = [which for cell in cells if (which := _inspection_named(cell.text))]
        if named and not figures:
            self.columns, self.criterion_id = named, None
            self.report.used.add(index)
            return
        self.number += 1
        heading = _heading(cells)
        code = _CODE.match(heading)
        if code:
            self.criterion_id = _criterion(self.report, index, code["code"], code["name"])
            if len(figures) == 1:
                self.table, self.number = heading, 1
        if not figures:
            self.report.used.add(index)
        elif self.criterion_id is None:
            return
        elif len(figures) == 1 and named:
            self._add("chapter", named[0], figures[0][0], figures[0][1])
        elif len(figures) == len(self.columns):
            for which, (cell, figure) in zip(self.columns, figures, strict=True):
                self._add("summary", which, cell, figure)
        else:
            self.report.notice(index, "scores that belong to neither the original nor the follow-up inspection")

    def _add(self, place: str, which: str, cell: CleanText, figure: CellFigure) -> None:
        inspection_id = self.inspections[which]
        if inspection_id is None or self.criterion_id is None:
            return
        self.report.add(
            "criterion_scores",
            cell.place(figure.start, figure.end),
            inspection_id=inspection_id,
            table_name=self.table,
            row_number=self.number,
            place=place,
            criterion_id=self.criterion_id,
        )


def _heading(cells: list[CleanText]) -> str:
    """A criterion's heading as printed: the cells before the one that names the inspection."""
    words = [" ".join(cell.text.split()) for cell in cells]
    return " ".join(takewhile(lambda text: not _inspection_named(text) and cell_figure(text) is None, words))


def _inspection_named(text: str) -> str:
    """Inspection a column or line is about: original, follow_up, or neither."""
    if _FOLLOW_UP.search(plain_punctuation(text)):
        return _FOLLOW_UP_ONE
    return _ORIGINAL_ONE if _ORIGINAL.search(text) else ""


def _criterion(report: Report, index: int, code: str, name: str) -> str | None:
    code = re.sub(r"\s", "", code)
    printed = normalise(name)
    known = report.vocabulary.criteria.get(code)
    likeness = similarity(printed, normalise(known["criterion_name"])) if known else 0.0
    if known is not None and (likeness >= _NAME_LIKENESS or not printed):
        if likeness < 1.0:
            report.notice(index, f"criterion {code} {printed!r} taken for {known['criterion_name']!r}")
        return known["criterion_id"]
    closest = Match(known["criterion_id"], known["criterion_name"], likeness, False) if known else None
    report.propose("criteria", f"{report.framework_id}.{code}", printed, index, closest)
    return None
