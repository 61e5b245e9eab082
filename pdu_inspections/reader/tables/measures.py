"""Tables of measures: staffing and workload, and characteristics of inspected cases."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pdu_inspections.reader.figures import CellFigure
from pdu_inspections.reader.footnotes import NOT_STATED, supplier
from pdu_inspections.reader.report import Report
from pdu_inspections.reader.table_rows import LabelledRow, RowFigure
from pdu_inspections.reader.tables.comparators import add_comparators
from pdu_inspections.reader.tables.detached_figures import figures_below_labels, is_detached_figure
from pdu_inspections.reader.tables.wrapped_labels import label_variants
from pdu_inspections.reader.text import normalise, similarity, slug
from pdu_inspections.reader.vocabulary import ACCEPT_MARGIN, ACCEPT_SCORE, Match

STAFFING_GROUPS = frozenset({"staffing", "workload"})
CASE_GROUPS = frozenset({"case_characteristic", "provider_delivery"})
_INTERVIEWED = "workload_unmanageable"
_GRADES: tuple[tuple[str, str], ...] = (
    ("spo", r"senior probation officers?(?: spos?)?|spos?"),
    ("pso", r"probation services? officers?(?: psos?)?|psos?"),
    ("po", r"probation officers?(?: pos?)?|pos?"),
    ("practitioner", r"(?:probation )?practitioners?"),
    ("case_administrator", r"(?:case )?administrators?|administrative (?:staff|officers?)"),
    ("court_staff", r"court (?:staff|team)s?"),
)
_GRADE = re.compile("|".join(rf"(?P<{grade}>\b(?:{pattern})\b)" for grade, pattern in _GRADES))
_NEGATION = re.compile(r"\b(?:other than|excluding|except|apart from|not for|non sexual|unconnected)\b")
_NOISE = re.compile(r"\b(?:the|a|an|of|for|grade|only|or equivalent|fte|full time equivalent|in this pdu|s)\b")
_SAME = (
    (re.compile(r"\bwom[ae]n\b"), "female"),
    (
        re.compile(
            r"\b(?:an )?(?:black asian (?:and|or) minority ethnic|ethnic minorit(?:y|ies)|bame)"
            r"(?: background| heritage)?\b"
        ),
        "minority ethnic",
    ),
    (re.compile(r"\baverage (?:number of )?cases\b"), "average caseload"),
    (re.compile(r"\bwork(?:load)? measurement tool\b"), "workload management tool"),
    (re.compile(r"^percentage\b"), "proportion"),
    (re.compile(r"\btotal number\b"), "number"),
    (re.compile(r"\bpeople\b"), "individuals"),
)
"""Wordings that mean the same."""
_LONGEST_LABEL = 220
NEARLY_EXACT = 0.97
"""Likeness of a label that differs from a known one in its grade and small words only."""
_RARE = 4
"""Most different labels a word may be in to tell measures apart: two wordings of two measures."""


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """Measure and grade of a row label."""

    measure_id: str
    grade_id: str
    wording: str
    score: float
    accepted: bool


@lru_cache(maxsize=1024)
def _features(label: str) -> tuple[str, str, bool]:
    """A label without its grade, the grade, and whether it leaves something out (other than …)."""
    text = normalise(label)
    grades = {found.lastgroup or "" for found in _GRADE.finditer(text)}
    grade = grades.pop() if len(grades) == 1 else "" if grades else "all"
    return _bare(text, _SAME), grade, _NEGATION.search(text) is not None


def _bare(text: str, same: Sequence[tuple[re.Pattern[str], str]]) -> str:
    """A label's comparison text without grade and small words, the wordings that mean the same made the same."""
    for wording, usual in same:
        text = wording.sub(usual, text)
    return " ".join(_NOISE.sub(" ", _GRADE.sub(" ", text)).split())


def _differ_in_wording(printed: str, known: str) -> bool:
    """Whether two labels of one measure differ in more than their grade and small words."""
    return _bare(normalise(printed), _SAME[:1]) != _bare(normalise(known), _SAME[:1])


def _match_exactly(report: Report, label: str, groups: Collection[str]) -> LabelMatch | None:
    known = report.vocabulary.label_keys.get(normalise(label))
    if known is None or report.vocabulary.measures[known["measure_id"]]["measure_group"] not in groups:
        return None
    return LabelMatch(known["measure_id"], known["grade_id"], known["label"], 1.0, True)


def match_label(report: Report, label: str, groups: Collection[str]) -> LabelMatch | None:
    """The measure and grade a row label stands for; the grade is read from the label, not guessed by likeness."""
    exact = _match_exactly(report, label, groups)
    if exact is not None:
        return exact
    bare, grade, leaves_out = _features(label)
    measures = report.vocabulary.measures
    scored: dict[str, tuple[float, str]] = {}
    for row in report.vocabulary.measure_labels:
        measure_id = row["measure_id"]
        if measures[measure_id]["measure_group"] not in groups:
            continue
        known, _, known_leaves_out = _features(row["label"])
        is_possible = leaves_out == known_leaves_out and _shares_a_telling_word(report, bare, known)
        likeness = similarity(bare, known) if is_possible else 0.0
        if likeness > scored.get(measure_id, (-1.0, ""))[0]:
            scored[measure_id] = (likeness, row["label"])
    ranked = sorted(((score, measure, text) for measure, (score, text) in scored.items()), reverse=True)
    if not ranked:
        return None
    likeness, measure_id, wording = ranked[0]
    score = min(likeness, NEARLY_EXACT)
    runner_up = ranked[1][0] if len(ranked) > 1 else 0.0
    is_clear = score >= ACCEPT_SCORE and (likeness == 1.0 or likeness - runner_up >= ACCEPT_MARGIN)
    return LabelMatch(measure_id, grade, wording, score, is_clear and grade in report.vocabulary.grades)


def _shares_a_telling_word(report: Report, printed: str, known: str) -> bool:
    """Whether a label has at least one of the words that tell a known label from those of most other measures."""
    telling = set(known.split()) & _telling_words(tuple(row["label"] for row in report.vocabulary.measure_labels))
    return not telling or bool(telling & set(printed.split()))


@lru_cache(maxsize=4)
def _telling_words(labels: tuple[str, ...]) -> frozenset[str]:
    """Words few labels have, grades left out of account."""
    counts = Counter(word for bare in {_features(label)[0] for label in labels} for word in set(bare.split()))
    return frozenset(word for word, count in counts.items() if count <= _RARE)


class MeasureTables:
    """Reads the rows of the tables of measures of a report."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.suppliers = report.suppliers
        self.table = ""
        self.table_marks: tuple[str, ...] = ()
        self.row_number = 0
        self.first_words = {normalise(row["label"]).split()[0] for row in report.vocabulary.measure_labels}

    def read(self) -> None:
        """Every row with a label of a measure, in the chapters on organisation and the annexes."""
        lines = range(self.report.sections.contents.stop, len(self.report.lines))
        detached = figures_below_labels(
            self.report, lines, lambda text: normalise(text) in self.report.vocabulary.label_keys
        )
        for index in lines:
            if self.report.is_blank(index) or index in self.report.used:
                continue
            if index not in detached and is_detached_figure(self.report, index):
                continue
            row = self.report.row(index)
            if row is None or not (row.has_figures or row.is_separated):
                self._note_heading(index)
                continue
            self.row_number += row.is_separated
            if row.has_figures and (row.is_separated or self._may_begin_label(row)):
                self._read_row(row)

    def _may_begin_label(self, row: LabelledRow) -> bool:
        """Whether an untabbed line may be a row at all: most that end in a figure are sentences."""
        first = normalise(row.label[:40]).split()[:1]
        return len(row.label) < _LONGEST_LABEL and (not first or first[0] in self.first_words or self._is_wrapped(row))

    def _is_wrapped(self, row: LabelledRow) -> bool:
        """Whether a label may begin in the line above."""
        above = row.index - 1
        return above >= 0 and not self.report.is_blank(above) and len(self.report.lines[above].text) < _LONGEST_LABEL

    def _note_heading(self, index: int) -> None:
        """Remembers a short line as the heading of the table below it; footnotes between rows are none."""
        cleaned = self.report.clean(index)
        text = " ".join(cleaned.text.split()).strip("#* ")
        if not text or len(text) > 100 or (cleaned.marks and cleaned.marks[0].at == 0):
            return
        self.table, self.table_marks = text, tuple(mark.number for mark in cleaned.marks)
        self.row_number = 0

    def _read_row(self, row: LabelledRow) -> None:
        groups = STAFFING_GROUPS | CASE_GROUPS
        best: tuple[LabelMatch, tuple[int, ...], str] | None = None
        match_row = match_label if row.is_separated else _match_exactly
        for label, used in label_variants(self.report, row, range(len(self.report.lines))):
            if not row.is_tabbed and label.count("(") > label.count(")"):
                continue
            match = match_row(self.report, label, groups)
            if match is not None and (best is None or match.score > best[0].score + (0.02 if len(used) > 1 else 0)):
                best = (match, used, label)
            if match is not None and match.score == 1.0:
                break
        if best is None:
            return
        match, used, label = best
        if not match.accepted:
            if self._is_among_measures(row.index):
                self._propose(row, match)
            return
        self.row_number += not row.is_separated
        if match.score < NEARLY_EXACT or _differ_in_wording(label, match.wording):
            self.report.notice(
                row.index,
                f"{label!r} taken for {match.measure_id}, grade {match.grade_id} ({match.wording!r}, "
                f"likeness {match.score:.2f})",
            )
        self.report.used.update(used)
        self._add(row, match, label)

    def _is_among_measures(self, index: int) -> bool:
        """Whether a row stands next to rows of measures."""
        tables = ("staffing", "case_characteristics")
        lines = {int(row["line_number"]) - 1 for table in tables for row in self.report.reading.rows.get(table, [])}
        return any(near in lines for near in range(index - 3, index + 4))

    def _propose(self, row: LabelledRow, match: LabelMatch) -> None:
        closest = Match(match.measure_id, match.wording, match.score, False)
        self.report.propose("measure_labels", slug(row.label), row.label, row.index, closest)

    def _add(self, row: LabelledRow, match: LabelMatch, label: str) -> None:
        measure = self.report.vocabulary.measures[match.measure_id]
        group = measure["measure_group"]
        is_staffing = group in STAFFING_GROUPS
        name = "staffing" if is_staffing else "case_characteristics"
        about = {"measure_id": match.measure_id} | ({"grade_id": match.grade_id} if is_staffing else {})
        add_comparators(self.report, row, name, measure["unit"], self.table, self.row_number, **about)
        if row.doubt:
            self.report.notice(row.index, f"{match.measure_id}: {row.doubt}")
        found = self._own_figure(row, measure["unit"])
        if found is None:
            if row.problem:
                self.report.notice(row.index, f"{match.measure_id}: {row.problem}")
                self.report.used.discard(row.index)
            return
        cell, figure = found.cell, found.figure
        place = cell.place(figure.start, figure.end)
        values = {
            "label": label,
            "value": figure.value,
            "unit": unit_of(self.report, row.index, measure, figure, place.as_printed),
            "value_status": figure.status,
            "supplied_by": self._supplier(row, group),
        }
        if is_staffing:
            values["population_id"] = population_of(match.measure_id)
        self.report.add(name, place, table_name=self.table, row_number=self.row_number, **about, **values)

    @staticmethod
    def _own_figure(row: LabelledRow, unit: str) -> RowFigure | None:
        """The body's own figure of a row: of a measure that is no share, its number beside a percentage."""
        is_share = unit.startswith("per_cent")
        if row.counts is not None and not is_share and (row.figure is None or row.figure.unit == "per_cent"):
            return row.counts
        if row.figure is None or row.value is None or (row.is_by_sign and not is_share):
            return None
        return RowFigure(row.value, row.figure)

    def _supplier(self, row: LabelledRow, group: str) -> str:
        """By the row's own footnote, else by the table's, unless that names data which hold nothing of the kind."""
        own = supplier(self.suppliers, [mark.number for cell in row.cells for mark in cell.marks])
        tables_own = supplier(self.suppliers, self.table_marks)
        if own is None and tables_own == "hmip_inspection" and group == "provider_delivery":
            return NOT_STATED
        return own or tables_own or NOT_STATED


def population_of(measure_id: str) -> str:
    """Whom a staffing or workload measure is about."""
    return "practitioner_interviews" if measure_id == _INTERVIEWED else "workforce"


def unit_of(report: Report, index: int, measure: dict[str, str], figure: CellFigure, printed: str) -> str:
    """Unit of a printed value: the measure's, unless the report prints another one."""
    usual = measure["unit"]
    if figure.unit is None or figure.unit == usual or (figure.unit == "per_cent" and usual.startswith("per_cent")):
        return usual
    if figure.unit == "days" and usual == "days_per_person":
        return usual
    report.notice(index, f"{printed!r}: {measure['measure_id']} usually comes in {usual}, not in {figure.unit}")
    return figure.unit


def grades_in(text: str) -> Sequence[tuple[int, int, str]]:
    """Start, end and id of each grade a sentence names, by its comparison text."""
    return [(found.start(), found.end(), found.lastgroup or "") for found in _GRADE.finditer(text.casefold())]
