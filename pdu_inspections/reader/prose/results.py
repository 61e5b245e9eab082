"""What the prose of a report gave: candidate rows, and the numbers that became none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from pdu_inspections.reader.passages import Passage
from pdu_inspections.reader.prose.sentence import ProseFigure
from pdu_inspections.reader.prose.subjects import Subject
from pdu_inspections.reader.reading import Notice, UnplacedLine
from pdu_inspections.reader.vocabulary import SeedRow

Spans = dict[int, list[tuple[int, int]]]

TABLE = "reported_figures"


@dataclass(frozen=True, slots=True)
class CandidateWords:
    """Words around a candidate in lower case: its heading, sentence and clause, and as far as the figures beside it."""

    heading: str
    sentence: str
    clause: str
    near_before: str
    near: str
    near_after: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure of running text, proposed as a row of reported_figures for a person to accept."""

    line_number: int
    column_number: int
    as_printed: str
    section: str
    figure: ProseFigure
    subject: Subject
    words: CandidateWords
    passage: Passage

    def values(self) -> SeedRow:
        """The columns of reported_figures that the text gives."""
        figure, about = self.figure, self.subject
        return {
            "section": self.section,
            "line_number": str(self.line_number),
            "column_number": str(self.column_number),
            "value": _plain(figure.value),
            "unit": figure.unit,
            "numerator_n": _plain(figure.numerator),
            "denominator_n": _plain(figure.denominator),
            "value_pct": _plain(figure.percent),
            "hedge_id": figure.hedge,
            "polarity": about.polarity,
            "population_id": about.population_id,
            "case_group_id": about.case_group_id,
            "measure_id": about.measure_id,
            "grade_id": about.grade_id,
            "as_printed": self.as_printed,
        }


@dataclass(frozen=True, slots=True)
class UnusedNumber:
    """A number of running text that became no candidate, and why."""

    line_number: int
    column_number: int
    as_printed: str
    reason: str
    line: str


@dataclass
class ProseReading:
    """What was found in the prose of a report, in order, and what a person should know about paragraphs not read."""

    candidates: list[Candidate] = field(default_factory=list)
    rejected: list[UnusedNumber] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def figure_lines(reading: ProseReading, rows: Mapping[str, Iterable[SeedRow]]) -> list[UnplacedLine]:
    """Lines of prose that hold a number which is no candidate and which no row (by table) covers, in order."""
    spans = _spans(row for table in rows.values() for row in table)
    lines = {
        number.line_number: number.line
        for number in reading.rejected
        if not _is_covered(spans, number.line_number, number.column_number, number.as_printed)
    }
    return [UnplacedLine(line, text, True) for line, text in sorted(lines.items())]


def filter_new_candidates(proposed: Iterable[SeedRow], accepted: Iterable[SeedRow]) -> list[SeedRow]:
    """Proposed rows of a document at whose place no accepted row of the same document stands."""
    spans: dict[str, Spans] = {}
    for document, rows in groupby(sorted(accepted, key=_document), key=_document):
        spans[document] = _spans(rows)
    return [
        row
        for row in proposed
        if not _is_covered(
            spans.get(_document(row), {}), int(row["line_number"]), int(row["column_number"]), row["as_printed"]
        )
    ]


def _document(row: SeedRow) -> str:
    return row["document_id"]


def _spans(rows: Iterable[SeedRow]) -> Spans:
    """Where on its line each row's figure is printed, by line."""
    spans: Spans = {}
    for row in rows:
        start = int(row["column_number"])
        spans.setdefault(int(row["line_number"]), []).append((start, start + len(row["as_printed"])))
    return spans


def _is_covered(spans: Spans, line: int, column: int, printed: str) -> bool:
    return any(start < column + len(printed) and column < end for start, end in spans.get(line, ()))


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}"
