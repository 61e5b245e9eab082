"""Compares candidates with curated figures, one report at a time."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from pdu_inspections.reader.formats.text_form import read_text
from pdu_inspections.reader.prose import find_figures
from pdu_inspections.reader.report import Report
from pdu_inspections.reader.tables.inspection_facts import read_counts
from pdu_inspections.reader.vocabulary import Vocabulary

Row = dict[str, str]

FIGURES = ("value", "numerator_n", "denominator_n", "value_pct")
ASSIGNED = ("hedge_id", "unit", "population_id", "case_group_id", "measure_id", "grade_id", "polarity")
_SAME_SHARE = Decimal("0.01")
_KINDS_OF_UNIT = {
    "cases": "count of cases, people, reports",
    "people": "count of cases, people, reports",
    "people_fte": "count of cases, people, reports",
    "posts": "count of cases, people, reports",
    "reports": "count of cases, people, reports",
    "interviews": "count of cases, people, reports",
    "meetings": "count of cases, people, reports",
    "cases_per_officer": "average or rate",
    "days_per_person": "average or rate",
    "per_cent_of_capacity": "average or rate",
    "per_cent": "average or rate",
    "ratio": "average or rate",
    "days": "span of time",
    "weeks": "span of time",
    "months": "span of time",
    "years": "span of time",
    "hours": "span of time",
}
KINDS = (
    "per cent",
    "share in words",
    "x of y",
    "x of y with per cent",
    "count of cases, people, reports",
    "count of other things",
    "average or rate",
    "span of time",
)


@dataclass
class Score:
    """What was found of the curated figures, and how it was described.

    found: same line, overlapping span, equal value and base. seen: same line, overlapping span, equal leading number,
    whatever the base.
    """

    curated: int = 0
    candidates: int = 0
    found: int = 0
    seen: int = 0
    assigned: Counter[str] = field(default_factory=Counter)

    def __iadd__(self, other: Score) -> Score:
        self.curated += other.curated
        self.candidates += other.candidates
        self.found += other.found
        self.seen += other.seen
        self.assigned += other.assigned
        return self

    @property
    def recall(self) -> float:
        return self.found / self.curated if self.curated else 1.0

    @property
    def precision(self) -> float:
        return self.found / self.candidates if self.candidates else 1.0


@dataclass
class Measured:
    """One report: its score, overall and by kind of figure, what was missed and what was too much."""

    document_id: str
    score: Score
    kinds: dict[str, Score]
    missed: list[Row]
    surplus: list[Row]
    unplaced: int


def measure(report_file: Path, curated: Sequence[Row], project: Path) -> Measured:
    """Reads a report's prose and compares."""
    report = Report(read_text(report_file), Vocabulary(project), "", "")
    read_counts(report)  # what the rest of the reader has made by then: paragraphs, sections, facts
    reading = find_figures(report)
    candidates = [candidate.values() for candidate in reading.candidates]
    kinds = {kind: Score() for kind in KINDS}
    total = Score()
    pairs, missed, surplus = _matched(curated, candidates)
    for figure in curated:
        kinds[kind_of(figure)].curated += 1
    for candidate in candidates:
        kinds[kind_of(candidate)].candidates += 1
    for figure, candidate in pairs:
        score = kinds[kind_of(figure)]
        score.found += 1
        score.assigned.update(name for name in ASSIGNED if figure[name] == candidate[name])
    for figure in curated:
        kinds[kind_of(figure)].seen += any(_overlaps(figure, c) and _leads_alike(figure, c) for c in candidates)
    for score in kinds.values():
        total += score
    return Measured(
        report_file.stem,
        total,
        kinds,
        missed,
        surplus,
        len(reading.rejected),
    )


def curated_figures(project: Path) -> dict[str, list[Row]]:
    """Curated rows by document."""
    rows: dict[str, list[Row]] = {}
    with (project / "seeds" / "reports" / "reported_figures.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows.setdefault(row["document_id"], []).append(row)
    return rows


def kind_of(row: Row) -> str:
    """Kind of figure of a row of reported_figures."""
    if row["numerator_n"]:
        return "x of y with per cent" if row["value_pct"] else "x of y"
    if row["value_pct"]:
        return "per cent" if re.search(r"%|per\s?cent", row["as_printed"]) else "share in words"
    return _KINDS_OF_UNIT.get(row["unit"], "count of other things")


def _matched(curated: Sequence[Row], candidates: Sequence[Row]) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Pairs of a curated figure and its candidate, each used once; curated figures and candidates left over."""
    pairs: list[tuple[Row, Row]] = []
    missed = []
    left = list(candidates)
    for figure in curated:
        match = next((c for c in left if _overlaps(figure, c) and _is_equal(figure, c)), None)
        if match is None:
            missed.append(figure)
        else:
            left.remove(match)
            pairs.append((figure, match))
    return pairs, missed, left


def _overlaps(left: Row, right: Row) -> bool:
    if left["line_number"] != right["line_number"]:
        return False
    starts = int(left["column_number"]), int(right["column_number"])
    ends = starts[0] + len(left["as_printed"]), starts[1] + len(right["as_printed"])
    return max(starts) < min(ends)


def _is_equal(left: Row, right: Row) -> bool:
    return all(_same(left[name], right[name]) for name in FIGURES)


def _leads_alike(left: Row, right: Row) -> bool:
    counts = [row["value"] or row["numerator_n"] for row in (left, right)]
    is_count = bool(counts[0]) and _same(*counts)
    return is_count or (bool(left["value_pct"]) and _same(left["value_pct"], right["value_pct"]))


def _same(left: str, right: str) -> bool:
    if not left or not right:
        return left == right
    return abs(Decimal(left) - Decimal(right)) <= _SAME_SHARE
