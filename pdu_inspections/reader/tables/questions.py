"""Percentages of key questions and prompts: the chapters' tables and the annexes of results."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pdu_inspections.reader.report import Report
from pdu_inspections.reader.standard_headings import Heading, heading_text, rows_since
from pdu_inspections.reader.table_rows import LabelledRow
from pdu_inspections.reader.tables.comparators import add_comparators
from pdu_inspections.reader.tables.detached_figures import figures_below_labels, is_detached_figure
from pdu_inspections.reader.tables.wrapped_labels import MOST_WRAPPED_LINES, Label, label_variants
from pdu_inspections.reader.text import normalise, similarity
from pdu_inspections.reader.vocabulary import ACCEPT_MARGIN, ACCEPT_SCORE, Match, Question

_CODE = re.compile(
    r"^\W*(?:(?:[A-Z]\s?)?(?P<code>[1-9]\.[1-9]\.[1-9])(?!\.?\d)\.?|[A-Z][1-9]\b[.:)]?|\(?[a-h]\)(?=\s))\s*"
)
_FLAGS = re.compile(r"[\s*]*\*[\s*]*$")
_POST_CUSTODY = re.compile(r"^post custody cases only ")
_SCORED = ("lowest_key_question", "none")
"""Bases of the standards whose key questions have percentages."""
_UNTABBED_SCORE = 0.9
_CODED_SCORE = 0.5
"""Least likeness to the question whose number a row has."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A row with a figure, and the wordings its wrapped label may have, with the lines each takes."""

    row: LabelledRow
    labels: tuple[Label, ...]


@dataclass
class _QuestionTable:
    """The questions under one heading: where it stands, what may be in it, and what was found."""

    heading: Heading
    place: str
    known: Sequence[Question]
    groups: Sequence[tuple[int, str]]
    taken: set[str] = field(default_factory=set)


def _is_share(row: LabelledRow) -> bool:
    """Whether a row's figure is a percentage or a word for a missing one, not a number such as that of a page."""
    return row.figure is not None and (row.figure.unit == "per_cent" or row.figure.status != "reported")


def _last_words(row: LabelledRow) -> Iterator[Label]:
    """The last cell of words of a row that has several: the question, beside the standard it belongs to."""
    words = [cell.text for cell in row.cells if any(map(str.isalpha, cell.text)) and cell is not row.value]
    if row.is_tabbed and len(words) > 1:
        yield " ".join(words[-1].split()), (row.index,)


def question_text(label: str) -> tuple[str, str]:
    """A printed question without code and flags, and its flags (*, ** or * **)."""
    flags = _FLAGS.search(label)
    stars = flags.group().count("*") if flags else 0
    text = label[: flags.start()] if flags else label
    return " ".join(_CODE.sub("", text).split()), ("", "*", "**", "* **")[min(stars, 3)]


def question_key(label: str) -> str:
    """Comparison key of a printed question."""
    return _POST_CUSTODY.sub("", normalise(question_text(label)[0]))


class QuestionTables:
    """Reads the tables of questions under each standard's heading."""

    def __init__(self, report: Report, headings: Sequence[Heading]) -> None:
        self.report = report
        self.headings = headings
        framework = {s.standard_id for s in report.vocabulary.framework_standards(report.framework_id)}
        self.questions = [q for q in report.vocabulary.questions.values() if q.standard_id in framework]
        self.found: set[str] = set()
        self.by_key: dict[str, list[Question]] = {}
        for question in self.questions:
            self.by_key.setdefault(question_key(question.text), []).append(question)

    def read(self) -> None:
        """Key questions and prompts under every heading, and a notice of every one that is missing."""
        for number, heading in enumerate(self.headings):
            if heading.standard.rating_basis not in _SCORED:
                continue
            stop = self.headings[number + 1].index if number + 1 < len(self.headings) else len(self.report.lines)
            end = self.report.section_end(heading.index)
            self._read_table(heading, range(heading.index, min(stop, end)))
        self._read_outside_headings()
        self._report_missing()

    def _read_outside_headings(self) -> None:
        """Rows with the very wording of a question that stand under no heading of a standard."""
        for index in range(self.report.sections.contents.stop, len(self.report.lines)):
            row = None if index in self.report.used or self.report.is_blank(index) else self.report.row(index)
            if row is None or not row.is_separated or not row.has_figures or self.report.place(index) == "summary":
                continue
            question = self._single_match(question_key(row.label), self.questions)
            if question is None or question.question_id in self.found:
                continue
            heading = self.report.sections.at(index).title
            self.report.notice(index, f"{question.question_id} stands under no heading of a standard, in {heading!r}")
            standard = self.report.vocabulary.standards[question.standard_id]
            table = _QuestionTable(Heading(index, standard, 0), self.report.place(index), (), ())
            self._add(table, _Candidate(row, ((row.label, (index,)),)), question, (row.label, (index,)))

    # ------------------------------------------------------------------ one table

    def _read_table(self, heading: Heading, lines: range) -> None:
        place = self.report.place(heading.index)
        if place == "summary":
            return
        self.report.used.add(heading.index)
        known = [q for q in self.questions if q.standard_id == heading.standard.standard_id]
        if place == "chapter":
            known = [q for q in known if q.level == "key_question"]
        table = _QuestionTable(heading, place, known, self._groups(lines, known))
        open_rows: list[_Candidate] = []
        for candidate in self._rows(lines, table.groups):
            question, label = self._exact(candidate, known)
            if question is None:
                open_rows.append(candidate)
            else:
                self._add(table, candidate, question, label)
        for candidate in open_rows:
            if not self._place_elsewhere(table, candidate):
                self._place_by_likeness(table, candidate)

    def _groups(self, lines: range, known: Sequence[Question]) -> list[tuple[int, str]]:
        """Lines without a figure that name a key question or a group of prompts, and which."""
        groups: list[tuple[int, str]] = []
        for index in lines:
            if self.report.is_blank(index):
                continue
            row = self.report.row(index)
            if row is not None and row.is_head:
                self.report.used.add(index)
            if row is not None and row.has_figures and row.is_separated:
                continue
            for size in range(1, MOST_WRAPPED_LINES + 1):
                label = self._joined(range(index, index + size), lines)
                question = self._single_match(question_key(label), known) if label else None
                if question is not None and question.level != "prompt":
                    groups.append((index, question.question_id))
                    self.report.used.update(range(index, index + size))
                    break
        return groups

    def _rows(self, lines: range, groups: Sequence[tuple[int, str]]) -> list[_Candidate]:
        heads = {index for index, _ in groups}
        below = figures_below_labels(self.report, lines, lambda text: question_key(text) in self.by_key)
        detached = {index for index in below if (row := self.report.row(index)) and _is_share(row)}
        rows: list[_Candidate] = []
        for index in lines:
            row = self.report.row(index)
            if (
                self.report.is_blank(index)
                or row is None
                or not row.has_figures
                or (is_detached_figure(self.report, index) and index not in detached)
            ):
                continue
            rows.append(_Candidate(row, (*label_variants(self.report, row, lines, heads), *_last_words(row))))
        return rows

    def _joined(self, indexes: range, lines: range) -> str:
        parts: list[str] = []
        for index in indexes:
            if index not in lines or self.report.is_blank(index):
                return ""
            row = self.report.row(index)
            if row is not None and row.has_figures and row.is_separated:
                return ""
            parts.append(row.label if row is not None and row.is_separated else self.report.clean(index).text)
        return " ".join(parts) if sum(map(len, parts)) < 400 else ""

    # ------------------------------------------------------------------ matching

    def _single_match(self, printed: str, known: Sequence[Question]) -> Question | None:
        here = [q for q in self.by_key.get(printed, ()) if q in known]
        return here[0] if len(here) == 1 else None

    def _exact(self, candidate: _Candidate, known: Sequence[Question]) -> tuple[Question | None, Label]:
        for label in candidate.labels:
            text, used = label
            question = self._single_match(question_key(text), known)
            is_whole = len(used) == 1 or question_text(text)[0].endswith("?")
            if question is not None and (candidate.row.is_separated or is_whole):
                return question, label
        return None, candidate.labels[0]

    def _place_elsewhere(self, table: _QuestionTable, candidate: _Candidate) -> bool:
        """Places a row that has the very wording of a question of another standard: its heading was lost."""
        question, label = self._exact(candidate, self.questions)
        if question is None or question in table.known:
            return False
        heading = heading_text(self.report, table.heading)
        self.report.notice(candidate.row.index, f"{question.question_id} stands under the heading {heading!r}")
        self._add(table, candidate, question, label)
        return True

    def _place_by_likeness(self, table: _QuestionTable, candidate: _Candidate) -> None:
        """Places a row no question has the wording of, where one is far more like it than any other."""
        group = max((g for g in table.groups if g[0] <= candidate.row.index), default=(0, ""))[1]
        free = [question for question in table.known if question.question_id not in table.taken]
        ranked = sorted(
            ((self._likeness(candidate, question), question.parent_id == group, question) for question in free),
            key=lambda item: (item[0][0], item[1]),
            reverse=True,
        )
        if not ranked:
            return
        (score, label), _, question = ranked[0]
        runner_up = ranked[1][0][0] if len(ranked) > 1 else 0.0
        row = candidate.row
        least = ACCEPT_SCORE if row.is_separated else _UNTABBED_SCORE
        printed = question_text(label[0])[0]
        code = _CODE.match(row.label)
        number = code["code"] if code is not None else None
        has_its_code = score >= _CODED_SCORE and number is not None and question.question_id.endswith(f".{number}")
        if has_its_code or (score >= least and score - runner_up >= ACCEPT_MARGIN):
            known = f"{question.question_id} {question.text!r}"
            self.report.notice(row.index, f"{printed!r} taken for {known} (likeness {score:.2f})")
            self._add(table, candidate, question, label)
        elif row.is_separated:
            proposed = f"{group or table.heading.standard.standard_id}.?"
            closest = Match(question.question_id, question.text, score, False)
            self.report.propose("questions", proposed, question_text(row.label)[0], row.index, closest)

    @staticmethod
    def _likeness(candidate: _Candidate, question: Question) -> tuple[float, Label]:
        """How like a question a row is, and with which wording of its label; the shorter one where two are alike."""
        known = question_key(question.text)
        scored = ((similarity(question_key(label[0]), known), label) for label in candidate.labels)
        return max(scored, key=lambda item: (item[0], -len(item[1][1])))

    def _add(self, table: _QuestionTable, candidate: _Candidate, question: Question, label: Label) -> None:
        row = candidate.row
        table.taken.add(question.question_id)
        self.found.add(question.question_id)
        text, flags = question_text(label[0])
        is_prompt = question.level == "prompt"
        name = "prompts" if is_prompt else "key_questions"
        place = "" if is_prompt else table.place
        row_number = max(rows_since(self.report, table.heading.index, row.index), 1)
        heading = heading_text(self.report, table.heading)
        about = {"standard_id": question.standard_id, "question_id": question.question_id}
        self.report.used.update(label[1])
        add_comparators(self.report, row, name, "per_cent", heading, row_number, place=place, **about)
        if row.problem:
            self.report.notice(row.index, f"{question.question_id}: {row.problem}")
            self.report.used.discard(row.index)
            return
        if row.doubt:
            self.report.notice(row.index, f"{question.question_id}: {row.doubt}")
        if row.figure is None or row.value is None:
            return
        printed_place = row.value.place(row.figure.start, row.figure.end)
        printed = printed_place.as_printed
        if row.figure.unit is None and row.figure.status == "reported" and not row.is_separated:
            self.report.notice(row.index, f"{printed!r} taken for the percentage of {question.question_id}")
        if row.figure.unit not in (None, "per_cent"):
            self.report.notice(row.index, f"{printed!r} is no percentage from 0 to 100")
        own = {"flags": flags} if is_prompt else {"place": place}
        self.report.add(
            name,
            printed_place,
            table_name=heading,
            row_number=row_number,
            question_text=text,
            value_status=row.figure.status,
            **about,
            **own,
        )

    def _report_missing(self) -> None:
        """Notices of key questions, and of prompts where the report prints any, that were not found."""
        rows = self.report.reading.rows
        found = {row["question_id"] for table in ("key_questions", "prompts") for row in rows.get(table, [])}
        standards = self.report.vocabulary.standards
        missing: list[Question] = []
        for question in self.questions:
            is_scored = standards[question.standard_id].rating_basis in _SCORED
            is_expected = question.level == "key_question" or (question.level == "prompt" and "prompts" in rows)
            if is_scored and is_expected and question.question_id not in found:
                missing.append(question)
        if missing:
            listed = ", ".join(question.question_id for question in missing)
            self.report.notice(None, f"no percentage found for {listed}")
