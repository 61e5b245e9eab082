"""Invented reports of every framework that rates or asks: what they print, and what a reader must find.

A report is a list of blocks, without any form: `forms` writes it as a page, DOCX, workbook, PDF or text. Layouts,
heads, comparators, codes and spellings of figures are drawn by chance from what such reports print.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pdu_inspections.reader.vocabulary import Question, Standard, Vocabulary
from tests.campaigns.reader.truth import Key

RATINGS = ("Outstanding", "Good", "Requires improvement", "Inadequate")
_POINTS = dict(zip(RATINGS, (3, 2, 1, 0), strict=True))
_STATUSES = {"Not available": "not_available", "Not provided": "not_provided", "n/a": "not_applicable"}
_PLACES = ("Marlow Vale", "Brigg and Thorne", "St Anne's and Hale", "Upper Calder", "Kestrel Bay", "Ottermouth")
_REGIONS = ("Northern Marches", "Severn and Dene", "Eastern Fens")


@dataclass(frozen=True)
class Cell:
    """A cell: its text, the footnote mark after it, and the columns and rows it covers."""

    text: str = ""
    mark: str = ""
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Table:
    """A table: rows of its head, and its rows."""

    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (title) to 4."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or one item of a list."""

    text: str
    mark: str = ""
    is_item: bool = False


@dataclass(frozen=True)
class Note:
    """A footnote."""

    mark: str
    text: str


Block = Table | Heading | Paragraph | Note


@dataclass
class Invented:
    """A report: its framework, blocks, what must be found, and the label each figure stands beside."""

    name: str
    framework_id: str
    blocks: list[Block] = field(default_factory=list)
    figures: dict[Key, str] = field(default_factory=dict)
    labels: dict[Key, str] = field(default_factory=dict)

    def sections(self) -> list[str]:
        """Titles of its sections."""
        return [block.text for block in self.blocks if isinstance(block, Heading) and block.level == 2]


@dataclass(frozen=True)
class _Column:
    """A column of figures: its head, and whose figure it holds (own, base, count, other, or a comparator's id)."""

    head: str
    party: str


_DATES = {
    "crc_2018": ("May 2019", "March 2019"),
    "nps_2018": ("June 2019", "April 2019"),
    "pdu_2021": ("September 2022", "June 2022"),
    "pdu_2023": ("July 2024", "April 2024"),
    "region_2023": ("October 2024", "July 2024"),
    "national_2025": ("April 2025", "January 2025"),
    "dynamic_2025": ("March 2026", "January 2026"),
}
_MOST = {"crc_2018": 30, "nps_2018": 30, "pdu_2021": 27, "pdu_2023": 21, "region_2023": 24}
FRAMEWORKS = tuple(_DATES)


class Writer:
    """Draws one report."""

    def __init__(self, vocabulary: Vocabulary, framework_id: str, seed: int) -> None:
        self.vocabulary = vocabulary
        self.framework_id = framework_id
        self.chance = random.Random(f"{framework_id} {seed}")
        self.place = self.chance.choice(_PLACES)
        self.region = self.chance.choice(_REGIONS)
        self.report = Invented(f"{framework_id}_{seed}", framework_id)
        self.code_style = self.chance.choice(("as known", "as known", "closed", "digits", "none"))
        self.per_cent = self.chance.choice(("%", "%", "%", " %", " per cent", ""))
        self.columns = self._draw_columns()
        self.notes = self.chance.random() < 0.5

    # ------------------------------------------------------------------ names

    def body(self) -> str:
        """The inspected body by its name."""
        return {
            "crc_2018": f"{self.place} Community Rehabilitation Company",
            "nps_2018": f"{self.region} division",
            "pdu_2021": f"{self.place} PDU",
            "pdu_2023": f"{self.place} PDU",
            "region_2023": f"{self.region} region",
            "national_2025": "The Probation Service",
            "dynamic_2025": f"{self.region}",
        }[self.framework_id]

    def title(self) -> str:
        """The report's title."""
        if self.framework_id == "national_2025":
            return self.chance.choice(
                ("National Inspection – April 2025", "National inspection of the Probation Service")
            )
        if self.framework_id == "dynamic_2025":
            return f"Dynamic Inspection of Public Protection in {self.region}"
        if self.framework_id == "region_2023":
            return f"An inspection of Probation Services – {self.body()}"
        if self.framework_id == "nps_2018":
            return f"An inspection of {self.body()} National Probation Service"
        return f"An inspection of probation services in {self.body()}"

    def _draw_columns(self) -> list[_Column]:
        kind = {"crc_2018": "crc", "pdu_2021": "pdu", "pdu_2023": "pdu"}.get(self.framework_id, "region")
        own = self.chance.choice(
            ("Percentage 'Yes'", "% 'Yes'", "% yes", "Percentage of cases", "% sufficient", "Per cent")
        )
        named = self.chance.choice(
            {
                "pdu": ("This PDU", f"{self.place} PDU", self.place, "PDU"),
                "crc": ("This CRC", f"{self.place} CRC"),
                "region": ("This region", f"{self.region} region", "Region")
                if self.framework_id != "nps_2018"
                else ("This division", f"{self.region} division"),
            }[kind]
        )
        if self.framework_id == "national_2025":
            named = "This inspection"
        everybody = {
            "pdu": [("All PDUs", "all_pdus"), ("All PDUs inspected", "all_pdus"), ("Average of all PDUs", "all_pdus")],
            "crc": [("All CRCs", "all_crcs")],
            "region": [("All regions", "all_regions")]
            if self.framework_id != "nps_2018"
            else [("All divisions", "all_regions")],
        }[kind]
        others = [*everybody, ("England and Wales", "england_and_wales"), ("National average", "england_and_wales")]
        if self.framework_id == "national_2025":
            others = [("Previous inspection", "previous_inspection"), ("Target", "target")]
        if kind == "pdu":
            others += [("Region", "region"), (f"{self.region} region", "region"), ("Regional average", "region")]
        others += [("Target", "target"), ("Previous inspection", "previous_inspection")]
        pick = self.chance.random()
        if pick < 0.35:
            return [_Column(own, "own")]
        if pick < 0.5:
            return self.chance.choice(
                (
                    [_Column("Number of cases", "count"), _Column(own, "own")],
                    [_Column(own, "own"), _Column("Total cases", "base")],
                    [_Column("n", "base"), _Column("Yes", "count"), _Column("%", "own")],
                )
            )
        chosen: list[_Column] = []
        for head, party in self.chance.sample(others, self.chance.choice((1, 1, 2))):
            if party not in {column.party for column in chosen}:
                chosen.append(_Column(head, party))
        if "previous_inspection" in {column.party for column in chosen} and self.chance.random() < 0.5:
            named = "This inspection"
        own_column = _Column(named, "own")
        if self.chance.random() < 0.5:
            return [own_column, *chosen]
        return [*chosen, own_column]

    def code(self, standard: Standard) -> str:
        """A standard's code as this report prints it."""
        if self.code_style == "none":
            return ""
        if self.code_style == "digits" and not standard.digits[0].isalpha():
            return standard.digits
        return standard.code.replace(" ", "") if self.code_style == "closed" else standard.code

    # ------------------------------------------------------------------ the report

    def write(self) -> Invented:
        """The whole report."""
        report, chance = self.report, self.chance
        published, fieldwork = _DATES[self.framework_id]
        standards = self.vocabulary.framework_standards(self.framework_id)
        rated = {s.standard_id: chance.choice(RATINGS) for s in standards if s.is_rated}
        self._add(Heading(1, self.title()))
        if self.framework_id.endswith("2025") or chance.random() < 0.4:
            self._add(Paragraph("This publication is available at: https://hmiprobation.justiceinspectorates.gov.uk."))
            self._add(Paragraph(f"Published: 12 {published}"))
            self._add(Paragraph("HM Inspectorate of Probation"))
        else:
            self._add(Paragraph(f"HM Inspectorate of Probation, {published}"))
        self._add(Heading(2, "Foreword"))
        self._add(Paragraph(f"We looked at the work of {self.body()}, and describe none of it here."))
        if rated:
            self._ratings(standards, rated, fieldwork)
        else:
            self._add(Heading(2, "Background"))
            self._add(Paragraph(f"Fieldwork took place in {fieldwork}."))
        self._add(Heading(2, "1. Organisational arrangements and activity"))
        self._add(Paragraph("The inspection was announced in good time."))
        for standard in standards:
            if standard.rating_basis == "judgement":
                self._chapter(standard, rated)
        self._add(Heading(2, "2. Service delivery"))
        for standard in standards:
            if standard.rating_basis != "judgement":
                self._chapter(standard, rated)
        self._annexes(standards)
        return report

    def _add(self, block: Block) -> None:
        self.report.blocks.append(block)

    def _expect(self, key: Key, value: str, label: str) -> None:
        self.report.figures[key] = value
        self.report.labels[key] = label

    def _ratings(self, standards: Sequence[Standard], rated: dict[str, str], fieldwork: str) -> None:
        chance = self.chance
        self._add(Heading(2, "Ratings"))
        self._add(Paragraph(f"Fieldwork started {fieldwork}"))
        if self.framework_id in _MOST:
            points = sum(_POINTS[rating] for rating in rated.values())
            most = _MOST[self.framework_id]
            self._add(Paragraph(chance.choice((f"Score {points}/{most}", f"Overall score: {points} out of {most}"))))
        overall = chance.choice(RATINGS)
        self._expect_rating("overall", "summary", overall, "Overall rating")
        if chance.random() < 0.5:
            self._add(Paragraph("Overall rating"))
            self._add(Paragraph(overall))
        else:
            self._add(Paragraph(f"Overall rating: {overall}"))
        rows = [(s, self.code(s), rated[s.standard_id]) for s in standards if s.is_rated]
        style = chance.choice(("table", "three", "lines"))
        for standard, _, rating in rows:
            self._expect_rating(standard.standard_id, "summary", rating, standard.name)
        if style == "table":
            head = (Cell("Standard"), Cell("Rating"))
            self._add(Table((head,), tuple((Cell(f"{c} {s.name}".strip()), Cell(r)) for s, c, r in rows)))
        elif style == "three" and self.code_style != "none":
            head = (Cell("Code"), Cell("Standard"), Cell("Rating"))
            self._add(Table((head,), tuple((Cell(c), Cell(s.name), Cell(r)) for s, c, r in rows)))
        else:
            for standard, code, rating in rows:
                self._add(Heading(4, f"{code} {standard.name}".strip()))
                self._add(Paragraph(rating))

    def _expect_rating(self, standard_id: str, place: str, rating: str, label: str) -> None:
        self._expect(("ratings", "own", standard_id, place), rating.lower().replace(" ", "_"), label)

    def _chapter(self, standard: Standard, rated: dict[str, str]) -> None:
        self._add(Heading(3, f"{self.code(standard)} {standard.name}".strip()))
        if standard.text:
            self._add(Paragraph(standard.text))
        if standard.is_rated:
            self._add(Paragraph(rated[standard.standard_id]))
            self._expect_rating(standard.standard_id, "chapter", rated[standard.standard_id], standard.name)
        questions = [q for q in self._questions(standard) if q.level == "key_question"]
        if questions and standard.rating_basis != "judgement":
            self._add(Paragraph("The table shows what inspectors found in the cases."))
            self._question_tables(questions, "chapter")
        self._add(Paragraph("Inspectors saw work of many kinds, and none of it is told here."))

    def _questions(self, standard: Standard) -> list[Question]:
        return [q for q in self.vocabulary.questions.values() if q.standard_id == standard.standard_id]

    def _annexes(self, standards: Sequence[Standard]) -> None:
        with_prompts = [s for s in standards if any(q.level == "prompt" for q in self._questions(s))]
        if with_prompts and self.framework_id not in ("crc_2018",):
            self._add(Heading(2, "Annexe one: Inspection data"))
            for standard in with_prompts:
                self._add(Heading(3, f"{self.code(standard)} {standard.name}".strip()))
                self._question_tables(self._questions(standard), "results")
        if self.framework_id.startswith("pdu"):
            self._add(Heading(2, "Annexe two: Staffing and workload data"))
            self._measures("staffing", "Key staffing data")
            self._add(Heading(2, "Annexe three: Case data"))
            self._measures("case_characteristics", "Characteristics of inspected cases")

    # ------------------------------------------------------------------ tables of figures

    def _figure(self, unit: str, decimals: bool = False) -> tuple[str, str]:
        """A figure as printed, and its value."""
        chance = self.chance
        if chance.random() < 0.04:
            printed = chance.choice(list(_STATUSES))
            return printed, _STATUSES[printed]
        if unit == "per_cent":
            value = str(chance.randint(2, 100))
            if decimals and value != "100" and chance.random() < 0.4:
                value = f"{value}.{chance.randint(1, 9)}"
            return value + self.per_cent, value
        value = str(chance.randint(11, 180))
        if chance.random() < 0.4:
            value = f"{value}.{chance.randint(1, 9)}"
        return value, value

    def _head(self, label: str) -> tuple[tuple[Cell, ...], ...]:
        columns = self.columns
        heads = tuple(Cell(column.head) for column in columns)
        unit = "" if self.per_cent or any("%" in c.head or "er cent" in c.head for c in columns) else "%"
        if len(columns) > 1 and not any(c.party in ("count", "base") for c in columns) and self.chance.random() < 0.35:
            over = Cell("Percentage 'Yes'" if unit or self.chance.random() < 0.7 else "Results", columns=len(columns))
            return ((Cell(label, rows=2), over), heads)
        if unit and len(columns) > 1 and not any(c.party in ("count", "base") for c in columns):
            heads = tuple(Cell(f"{column.head} (%)") for column in columns)
        return ((Cell(label), *heads),)

    def _row(
        self, label: Cell, unit: str, own: Key, comparator: tuple[str, ...], decimals: bool = False
    ) -> tuple[Cell, ...]:
        cells = [label]
        for column in self.columns:
            if column.party in ("count", "base"):
                cells.append(Cell(str(self.chance.randint(20, 90))))
                continue
            printed, value = self._figure(unit, decimals)
            if column.party == "own":
                self._expect(own, value, label.text)
            else:
                key = ("comparators", "own", *comparator, column.party)
                self._expect(key, value, label.text)
            cells.append(Cell(printed))
        if self.notes and self.chance.random() < 0.08:
            at = self.chance.randrange(len(cells)) if self.per_cent.startswith("%") else 0
            cells[at] = Cell(cells[at].text, mark="7")
        return tuple(cells)

    def _question_tables(self, questions: Sequence[Question], place: str) -> None:
        rows = []
        with_prompts = any(q.level == "prompt" for q in questions)
        for question in questions:
            if question.level == "group" or (with_prompts and question.level == "key_question"):
                rows.append((Cell(question.text), *(Cell() for _ in self.columns)))
                continue
            is_prompt = question.level == "prompt"
            table = "prompts" if is_prompt else "key_questions"
            own: Key = (
                (table, "own", question.question_id) if is_prompt else (table, "own", question.question_id, place)
            )
            comparator = (table, "" if is_prompt else place, question.question_id, "", "")
            rows.append(self._row(Cell(question.text), "per_cent", own, comparator))
        head = self._head(self.chance.choice(("Key question", "Question", "Inspection question", "")))
        self._tables(head, rows)

    def _measures(self, table: str, title: str) -> None:
        groups = ("staffing", "workload") if table == "staffing" else ("case_characteristic", "provider_delivery")
        rows, seen = [], set()
        for one in self.vocabulary.measure_labels:
            measure = self.vocabulary.measures[one["measure_id"]]
            subject = (one["measure_id"], one["grade_id"])
            if measure["measure_group"] not in groups or subject in seen or one["label"].startswith("Number of"):
                continue
            seen.add(subject)
            unit = "per_cent" if measure["unit"] == "per_cent" else "number"
            if table == "staffing":
                who = "practitioner_interviews" if one["measure_id"] == "workload_unmanageable" else "workforce"
                own: Key = (table, "own", *subject, who)
                comparator = (table, "", "", *subject)
            else:
                own, comparator = (table, "own", one["measure_id"]), (table, "", "", one["measure_id"], "")
            rows.append(self._row(Cell(one["label"]), unit, own, comparator, decimals=True))
        self._add(Paragraph(title))
        columns, self.columns = self.columns, [c for c in self.columns if c.party not in ("count", "base")]
        self.columns = [
            _Column("Figure", "own") if c.party == "own" and len(self.columns) == 1 else c for c in self.columns
        ]
        rows = [
            (row[0], *(cell for c, cell in zip(columns, row[1:], strict=True) if c.party not in ("count", "base")))
            for row in rows
        ]
        self._tables(((Cell("Measure"), *(Cell(c.head) for c in self.columns)),), rows)
        self.columns = columns

    def _tables(self, head: tuple[tuple[Cell, ...], ...], rows: Sequence[tuple[Cell, ...]]) -> None:
        """One table, or one that goes on in a second with the same head."""
        if len(rows) > 5 and self.chance.random() < 0.25:
            half = len(rows) // 2
            self._add(Table(head, tuple(rows[:half])))
            self._add(Table(head, tuple(rows[half:])))
        else:
            self._add(Table(head, tuple(rows)))
        if any(cell.mark for row in rows for cell in row):
            self._add(Note("7", "The figures of one office were added later by hand."))


def invented_reports(vocabulary: Vocabulary, rounds: int) -> Iterator[Invented]:
    """Reports of every framework, as many of each as rounds says."""
    for seed in range(rounds):
        for framework_id in FRAMEWORKS:
            yield Writer(vocabulary, framework_id, seed).write()
