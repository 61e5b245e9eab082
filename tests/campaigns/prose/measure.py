"""Compares proposals with curated figures, one report at a time."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pdu_inspections.reader.formats import open_report
from pdu_inspections.reader.prose.confidence import SURE, Counts, confidence
from pdu_inspections.reader.read import read_report
from pdu_inspections.reader.vocabulary import Vocabulary

Row = dict[str, str]

NUMBERS = ("value", "numerator_n", "denominator_n", "value_pct")
FIELDS: Mapping[str, tuple[str, ...]] = {
    "value": ("value", "unit", "numerator_n", "value_pct"),
    **{
        name: (name,)
        for name in (
            "denominator_n",
            "hedge_id",
            "polarity",
            "population_id",
            "case_group_id",
            "question_id",
            "measure_id",
            "grade_id",
            "comparator_kind",
        )
    },
}
"""What is measured: every column of a proposal but its place, to which the standard belongs, and what people write."""
OF_THE_FIGURE = ("value", "denominator_n", "hedge_id", "polarity", "population_id", "question_id")
"""Population, base, hedge, polarity and question: what the figure says, without its finer parts."""
_SAME_SHARE = Decimal("0.01")
_KINDS_OF_UNIT = {
    **dict.fromkeys(
        ("cases", "people", "people_fte", "posts", "reports", "interviews", "meetings"),
        "count of cases, people, reports",
    ),
    **dict.fromkeys(
        ("cases_per_officer", "days_per_person", "per_cent_of_capacity", "per_cent", "ratio"), "average or rate"
    ),
    **dict.fromkeys(("days", "weeks", "months", "years", "hours"), "span of time"),
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


@dataclass(frozen=True)
class Judged:
    """A proposal held against its curated figure: its evidence, and whether each field is right.

    figure: the curated one; None where the proposal is no figure, and then no field is right.
    """

    proposed: Row
    evidence: Mapping[str, str]
    figure: Row | None
    right: Mapping[str, bool]

    def is_right(self, fields: Iterable[str] = FIELDS) -> bool:
        """Whether all of these fields are right."""
        return all(self.right[name] for name in fields)

    def is_sure(self, counts: Counts | None = None) -> bool:
        """Whether every field is marked sure."""
        return min(confidence(self.evidence, counts).values()) >= SURE


@dataclass(frozen=True)
class Measured:
    """One report: its proposals, the curated figures that none of them is, and numbers of prose that became none."""

    document_id: str
    curated: Sequence[Row]
    proposals: Sequence[Judged]
    missed: Sequence[Row]
    unplaced: int

    @property
    def found(self) -> list[Judged]:
        """Proposals that are a curated figure: same line, overlapping span, same value and base."""
        return [one for one in self.proposals if one.figure is not None]


def measure(report_file: Path, curated: Sequence[Row], project: Path) -> Measured:
    """Reads a report and compares its proposals."""
    reading = read_report(open_report(report_file), Vocabulary(project))
    figures, missed = _matched(curated, reading.candidates)
    proposals = [
        Judged(row, evidence, figure, {name: _is_right(figure, row, columns) for name, columns in FIELDS.items()})
        for row, evidence, figure in zip(reading.candidates, reading.evidence, figures, strict=True)
    ]
    return Measured(report_file.stem, curated, proposals, missed, len(reading.unplaced_numbers))


def count_evidence(measured: Iterable[Measured]) -> dict[tuple[str, str], tuple[int, int]]:
    """How often each evidence was right and seen, by column."""
    right: Counter[tuple[str, str]] = Counter()
    seen: Counter[tuple[str, str]] = Counter()
    for report in measured:
        for one in report.proposals:
            for key in one.evidence.items():
                seen[key] += 1
                right[key] += one.right[key[0]]
    return {key: (right[key], seen[key]) for key in sorted(seen)}


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


def _matched(curated: Sequence[Row], candidates: Sequence[Row]) -> tuple[list[Row | None], list[Row]]:
    """The curated figure that each candidate is, each used once; curated figures left over."""
    figures: list[Row | None] = [None] * len(candidates)
    missed = []
    for figure in curated:
        free = (n for n, taken in enumerate(figures) if taken is None)
        match = next((n for n in free if _overlaps(figure, candidates[n]) and _is_equal(figure, candidates[n])), None)
        if match is None:
            missed.append(figure)
        else:
            figures[match] = figure
    return figures, missed


def _is_right(figure: Row | None, row: Row, columns: Iterable[str]) -> bool:
    return figure is not None and all(
        _same(figure[name], row[name]) if name in NUMBERS else figure[name] == row[name] for name in columns
    )


def _overlaps(left: Row, right: Row) -> bool:
    if left["line_number"] != right["line_number"]:
        return False
    starts = int(left["column_number"]), int(right["column_number"])
    ends = starts[0] + len(left["as_printed"]), starts[1] + len(right["as_printed"])
    return max(starts) < min(ends)


def _is_equal(left: Row, right: Row) -> bool:
    return all(_same(left[name], right[name]) for name in NUMBERS)


def _same(left: str, right: str) -> bool:
    if not left or not right:
        return left == right
    return abs(Decimal(left) - Decimal(right)) <= _SAME_SHARE
