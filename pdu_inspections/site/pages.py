"""The pages of the site: which there are, and what each shows. Nothing here reads files or writes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from pdu_inspections import questions
from pdu_inspections.data_quality import HEADINGS
from pdu_inspections.release.exports.spreadsheet import SPREADSHEET_NAME
from pdu_inspections.site import charts, queries

TITLE = "Probation inspections in figures"
NAVIGATION = (
    ("index.html", "Overview"),
    ("national.html", "National picture"),
    ("inspections/index.html", "Inspections"),
    ("areas/index.html", "Over the years"),
    ("compare/index.html", "Compare"),
    ("questions/index.html", "Questions"),
    ("quality.html", "Before you quote"),
    ("figures/index.html", "Every figure"),
    ("dictionary.html", "Dictionary"),
    ("downloads.html", "Downloads"),
)
SAFETY = "safety"
PLACES = {
    "north_west": (2, 1), "north_east": (3, 1),
    "greater_manchester": (2, 2), "yorkshire_and_the_humber": (3, 2),
    "wales": (1, 3), "west_midlands": (2, 3), "east_midlands": (3, 3), "east_of_england": (4, 3),
    "south_west": (1, 4), "south_central": (2, 4), "london": (3, 4), "kent_surrey_and_sussex": (4, 4),
}  # fmt: skip
"""Column and row of a region among the tiles; one that is not here takes the next free place."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """A page: its path below the site, its template, and what the template shows."""

    path: str
    template: str
    title: str
    content: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """The CSV of a table or chart: its name, its columns, its rows."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


KEY_QUESTION_COLUMNS = (
    "inspection_id", "organisation_name", "inspection_year", "question_id", "standard_name", "topic_name",
    "question_text", "yes_pct", "yes_n", "cases_n", "yes_pct_low_80", "yes_pct_high_80", "yes_pct_low_95",
    "yes_pct_high_95", "band", "is_driver", "cases_to_next_band", "citation_id",
)  # fmt: skip
PROMPT_COLUMNS = (
    "inspection_id", "question_id", "standard_name", "question_text", "yes_pct", "yes_n", "cases_n",
    "denominator_basis", "yes_pct_low_95", "yes_pct_high_95", "citation_id",
)  # fmt: skip
RATING_COLUMNS = ("inspection_id", "standard_id", "standard_name", "rating", "points", "derived_rating", "citation_id")
STAFFING_COLUMNS = (
    "inspection_id", "measure_id", "measure_name", "grade_name", "value", "unit", "value_status", "as_printed",
    "region_value", "supplied_by", "citation_id",
)  # fmt: skip
CRITERION_COLUMNS = ("inspection_id", "criterion_id", "criterion_name", "score_pct", "is_adjusted", "citation_id")
CASELOAD_COLUMNS = (
    "inspection_id", "measure_id", "measure_name", "population_id", "value", "unit", "as_printed", "supplied_by",
    "citation_id",
)  # fmt: skip
CHARACTERISTIC_COLUMNS = (
    "inspection_id", "measure_id", "measure_name", "value", "unit", "value_status", "as_printed", "base_n",
    "share_pct_low_95", "share_pct_high_95", "supplied_by", "citation_id",
)  # fmt: skip
OUTCOME_COLUMNS = (
    "inspection_id", "measure_id", "measure_name", "value_pct", "numerator_n", "denominator_n", "comparator_pct",
    "target_pct", "supplied_by", "citation_id", "comparator_citation_id", "target_citation_id",
)  # fmt: skip
RECOMMENDATION_COLUMNS = (
    "inspection_id", "recommendation_number", "title", "addressee_name", "theme_name", "second_theme_name",
    "citation_id",
)  # fmt: skip
PROGRESS_COLUMNS = (
    "inspection_id", "progress_number", "title", "source_report", "theme_name", "progress", "citation_id",
    "source_citation_id",
)  # fmt: skip
INSPECTION_SHEETS = {
    "ratings": RATING_COLUMNS,
    "key_questions": KEY_QUESTION_COLUMNS,
    "criteria": CRITERION_COLUMNS,
    "prompts": PROMPT_COLUMNS,
    "staffing": STAFFING_COLUMNS,
    "caseloads": CASELOAD_COLUMNS,
    "characteristics": CHARACTERISTIC_COLUMNS,
    "outcomes": OUTCOME_COLUMNS,
    "recommendations": RECOMMENDATION_COLUMNS,
    "progress": PROGRESS_COLUMNS,
}
"""Tables of an inspection's page that have a CSV, which is each of them."""
COMPARISON_COLUMNS = (
    "conformed_question_id", "earlier_inspection_id", "later_inspection_id", "standard_name", "topic_name",
    "earlier_yes_pct", "later_yes_pct", "earlier_cases_n", "later_cases_n", "difference_points",
    "difference_low_95", "difference_high_95", "is_distinguishable", "comparable", "comparable_reason",
    "earlier_citation_id", "later_citation_id",
)  # fmt: skip
TIMELINE_COLUMNS = (
    "area_id", "conformed_topic_id", "inspection_id", "inspection_year", "organisation_name", "framework_id",
    "value_kind", "value", "unit", "as_printed", "comparable", "is_break", "break_reason", "citation_id",
)  # fmt: skip
UNIT_COLUMNS = ("pdu_id", "pdu_name", "region_name", "rating", "published_date", "published_precision", "citation_id")
YEAR_COLUMNS = ("published_year", "rating", "rated_n")
PUBLISHED_COLUMNS = (
    "published_rating_id", "body_name", "body_type", "region_name", "programme_name", "published_date",
    "published_precision", "rating", "score_low", "score_high", "score_max", "source_type", "url", "citation_id",
)  # fmt: skip


class Site:
    """Everything the pages show of one release, read once."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, root: Path, files: str) -> None:
        """Read the file. root is the project with analyses/; files is the address of the release's own files."""
        self._connection = connection
        self._root = root
        self._files = files
        self.build = self._rows(queries.BUILD)[0]
        self._inspections = self._rows(queries.INSPECTIONS)
        self._bands = [band | {"letters": charts.short(band["rating"])} for band in self._rows(queries.BANDS)]
        self._ratings = self._rows(queries.RATINGS)
        self._key_questions = [row | {"label": row["topic_name"]} for row in self._rows(queries.KEY_QUESTIONS)]
        self._comparisons = self._rows(queries.COMPARISONS)
        self._findings = self._rows(queries.FINDINGS)
        self.sheets: list[Sheet] = []

    @property
    def everywhere(self) -> dict[str, Any]:
        """What every template may show."""
        return {
            "site_title": TITLE,
            "navigation": NAVIGATION,
            "build": self.build,
            "bands": self._bands,
            "points_of": {band["rating"]: band["points"] for band in self._bands},
            "names": {
                row["inspection_id"]: f"{row['organisation_name']} {row['inspection_year']}"
                for row in self._inspections
            },
            "inspected": self._inspected(),
        }

    def _inspected(self) -> dict[str, str]:
        """Inspection by the name of its body, with its year and, where the body was inspected once, without."""
        bodies = Counter(row["organisation_name"] for row in self._inspections)
        return {
            name: row["inspection_id"]
            for row in self._inspections
            for name in (f"{row['organisation_name']} {row['inspection_year']}", row["organisation_name"])
            if bodies[name] < 2
        }

    def pages(self) -> Iterator[Page]:
        """Every page; self.sheets holds the CSVs once all are made."""
        figures = self._rows(queries.CITATIONS)
        yield self._overview(sum(row["citation_kind"] == "printed_figure" for row in figures))
        yield self._national()
        yield Page("reading.html", "reading.html", "How to read these pages", {
            "hints": self._rows(queries.START_HERE),
        })  # fmt: skip
        yield Page("inspections/index.html", "inspections.html", "Inspections", {"inspections": self._inspections})
        yield from self._inspection_pages()
        yield from self._area_pages()
        yield from self._comparison_pages()
        yield from self._question_pages()
        yield self._quality()
        yield from self._figure_pages(figures)
        yield from self._file_pages()

    def _rows(self, sql: str) -> list[Row]:
        result = self._connection.execute(sql)
        names = [str(column[0]) for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def _sheet(self, name: str, columns: Sequence[str], rows: Iterable[Row]) -> str:
        self.sheets.append(Sheet(name, columns, [[row[column] for column in columns] for row in rows]))
        return name

    # ------------------------------------------------------------------ overview

    def _overview(self, figures_n: int) -> Page:
        newest = max((row["framework_first_year"] for row in self._inspections if row["score"] is not None), default=0)
        bodies = [row for row in self._inspections if row["framework_first_year"] == newest]
        named = {row["inspection_id"]: row for row in bodies}
        rows = [
            row | {"label": row["organisation_name"].removesuffix(" PDU")}
            for row in self._key_questions
            if row["topic_id"] == SAFETY and row["inspection_id"] in named
        ]
        rows.sort(key=lambda row: (row["standard_order"], row["yes_pct"], row["inspection_id"]))
        stages = [(name, list(group)) for name, group in groupby(rows, key=lambda row: row["standard_name"])]
        documents = {row["document_id"] for row in self._inspections}
        return Page("index.html", "index.html", TITLE, {
            "figures_n": figures_n,
            "reports_n": len(documents),
            "findings_n": len(self._findings),
            "bodies_n": len({row["inspection_id"] for row in rows}),
            "inspections": self._inspections,
            "safety": rows,
            "lowest": [self._ranked(min(group, key=lambda row: row["yes_pct"])) for _, group in stages],
            "charts": [
                charts.intervals(f"safety-{index}", name, group, self._bands)
                for index, (name, group) in enumerate(stages, start=1)
            ],
            "sheet": self._sheet("safety", KEY_QUESTION_COLUMNS, rows),
            "chapters": self._chapters(),
        })  # fmt: skip

    def _ranked(self, row: Row) -> Row:
        """A figure with the number of bodies it is compared with, and of those it is surely behind."""
        behind = compared = 0
        for pair in self._comparisons:
            if pair["comparable"] != "exact" or pair["difference_high_95"] is None:
                continue
            if (pair["later_inspection_id"], pair["later_question_id"]) == (row["inspection_id"], row["question_id"]):
                compared += 1
                behind += pair["difference_high_95"] < 0
            if (pair["earlier_inspection_id"], pair["earlier_question_id"]) == (
                row["inspection_id"],
                row["question_id"],
            ):
                compared += 1
                behind += pair["difference_low_95"] > 0
        return row | {"behind_n": behind, "compared_n": compared}

    # ------------------------------------------------------------------ national picture

    def _national(self) -> Page:
        letters = {band["rating"]: band["letters"] for band in self._bands}
        units = [row | {"letters": letters.get(row["rating"], "–")} for row in self._rows(queries.PDUS)]
        years = self._rows(queries.REGIONAL_RATINGS)
        published = self._rows(queries.PUBLISHED_RATINGS)
        regions = [
            row
            | {
                "units": [unit for unit in units if unit["region_id"] == row["region_id"]],
                "place": "grid-area:{1}/{0}".format(*PLACES[row["region_id"]]) if row["region_id"] in PLACES else "",
            }
            for row in self._rows(queries.REGIONS)
        ]
        return Page("national.html", "national.html", "National picture", {
            "units": units,
            "rated": [row for row in units if row["rating"] is not None],
            "regions": sorted(regions, key=lambda row: PLACES.get(row["region_id"], (9, 9))[::-1]),
            "years": years,
            "published": published,
            "sources": [row for row in self._rows(queries.DOCUMENTS) if row["document_kind"] != "report"],
            "sheets": {
                "units": self._sheet("units", UNIT_COLUMNS, units),
                "years": self._sheet("units-by-year", YEAR_COLUMNS, years),
                "published": self._sheet("published-ratings", PUBLISHED_COLUMNS, published),
            },
        })  # fmt: skip

    # ------------------------------------------------------------------ inspections

    def _inspection_pages(self) -> Iterator[Page]:
        tables = {
            "ratings": self._ratings,
            "key_questions": self._key_questions,
            "prompts": self._rows(queries.PROMPTS),
            "criteria": self._rows(queries.CRITERIA),
            "staffing": self._rows(queries.STAFFING),
            "caseloads": self._rows(queries.CASELOADS),
            "characteristics": self._rows(queries.CHARACTERISTICS),
            "outcomes": self._rows(queries.OUTCOMES),
            "recommendations": self._rows(queries.RECOMMENDATIONS),
            "progress": self._rows(queries.PROGRESS),
            "findings": self._findings,
            "facts": self._rows(queries.FACTS),
        }
        for inspection in self._inspections:
            inspection_id = inspection["inspection_id"]
            own = {
                name: [row for row in rows if row["inspection_id"] == inspection_id] for name, rows in tables.items()
            }
            standards = [
                (name, list(group)) for name, group in groupby(own["key_questions"], lambda row: row["standard_name"])
            ]
            prompts = [(name, list(group)) for name, group in groupby(own["prompts"], lambda row: row["standard_name"])]
            yield Page(
                f"inspections/{inspection_id}.html",
                "inspection.html",
                f"{inspection['organisation_name']}, {inspection['inspection_year']}",
                own
                | {
                    "inspection": inspection,
                    "charts": [
                        charts.intervals(f"standard-{index}", name, group, self._bands)
                        for index, (name, group) in enumerate(standards, start=1)
                    ],
                    "prompts": prompts,
                    "pairs": self._pairs(inspection_id),
                    "sheets": {
                        name: self._sheet(f"{inspection_id}-{name.replace('_', '-')}", columns, own[name])
                        for name, columns in INSPECTION_SHEETS.items()
                        if own[name]
                    },
                },
            )

    # ------------------------------------------------------------------ areas

    def _area_pages(self) -> Iterator[Page]:
        timeline = self._rows(queries.TIMELINE)
        lineage = self._rows(queries.LINEAGE)
        areas = [(area_id, list(rows)) for area_id, rows in groupby(timeline, key=lambda row: str(row["area_id"]))]
        yield Page("areas/index.html", "areas.html", "Over the years", {
            "areas": [
                {
                    "area_id": area_id,
                    "area_name": rows[0]["area_name"],
                    "inspections": sorted({(row["inspection_year"], row["organisation_name"]) for row in rows}),
                }
                for area_id, rows in areas
            ],
        })  # fmt: skip
        for area_id, rows in areas:
            moments = sorted({row["inspection_year"] for row in rows})
            topics = [
                (topic, list(group))
                for topic, group in groupby(
                    (row for row in rows if row["value_kind"] != "rating"), key=lambda row: row["conformed_topic_id"]
                )
            ]
            yield Page(f"areas/{area_id}.html", "area.html", f"{rows[0]['area_name']} over the years", {
                "area_name": rows[0]["area_name"],
                "moments": moments,
                "bodies": sorted({
                    (row["inspection_year"], row["inspection_id"], row["organisation_name"], row["coverage"])
                    for row in rows
                }),
                "rows": rows,
                "charts": [
                    charts.timeline(f"topic-{index}", _title(topic), group, moments)
                    for index, (topic, group) in enumerate(topics, start=1)
                    if len(group) > 1
                ],
                "lineage": [row for row in lineage if row["area_id"] == area_id],
                "sheet": self._sheet(f"area-{area_id}", TIMELINE_COLUMNS, rows),
            })  # fmt: skip

    # ------------------------------------------------------------------ comparisons

    def _pairs(self, inspection_id: str | None = None) -> list[tuple[str, str]]:
        """Pairs of inspections that can be compared, earlier first; of one inspection, or all."""
        pairs = {(row["earlier_inspection_id"], row["later_inspection_id"]): None for row in self._comparisons}
        return [pair for pair in pairs if inspection_id is None or inspection_id in pair]

    def _comparison_pages(self) -> Iterator[Page]:
        named = {row["inspection_id"]: row for row in self._inspections}
        pairs = self._pairs()
        yield Page("compare/index.html", "comparisons.html", "Compare two inspections", {
            "inspections": [row for row in self._inspections if any(row["inspection_id"] in pair for pair in pairs)],
            "pairs": {frozenset(pair): "--".join(pair) for pair in pairs},
            "frozenset": frozenset,
        })  # fmt: skip
        for earlier, later in pairs:
            rows = [
                row | {"label": row["topic_name"], "group": row["standard_name"]}
                for row in self._comparisons
                if (row["earlier_inspection_id"], row["later_inspection_id"]) == (earlier, later)
            ]
            names = [f"{named[one]['organisation_name']} {named[one]['inspection_year']}" for one in (earlier, later)]
            title = f"{names[1]} against {names[0]}"
            yield Page(f"compare/{earlier}--{later}.html", "comparison.html", title, {
                "earlier": named[earlier],
                "later": named[later],
                "rows": rows,
                "told_apart": [row for row in rows if row["is_distinguishable"]],
                "charts": [charts.differences("differences", title, rows)],
                "sheet": self._sheet(f"compare-{earlier}--{later}", COMPARISON_COLUMNS, rows),
            })  # fmt: skip

    # ------------------------------------------------------------------ questions

    def _analyses(self) -> list[questions.Analysis]:
        return questions.read(self._root)

    def _chapters(self) -> list[tuple[str, str, list[questions.Analysis]]]:
        """Chapters with the path of their page and their questions."""
        return [
            (chapter, f"questions/{Path(group[0].path).parent.name[2:]}.html", group)
            for chapter, group in (
                (chapter, list(rows)) for chapter, rows in groupby(self._analyses(), key=lambda one: one.chapter)
            )
        ]

    def _question_pages(self) -> Iterator[Page]:
        chapters = self._chapters()
        yield Page("questions/index.html", "questions.html", "Questions answered", {"chapters": chapters})
        numbers = {one.number: f"{path}#q{one.number}" for _, path, group in chapters for one in group}
        for chapter, path, group in chapters:
            yield Page(path, "chapter.html", chapter, {
                "answers": [self._answer(one) for one in group],
                "numbers": numbers,
            })  # fmt: skip

    def _answer(self, analysis: questions.Analysis) -> Row:
        result = self._connection.execute(analysis.sql)
        columns = [str(column[0]) for column in result.description]
        rows = result.fetchall()
        self.sheets.append(Sheet(f"question-{analysis.number}", columns, rows))
        return {
            "analysis": analysis,
            "columns": columns,
            "numeric": [questions.is_numeric(rows, index) for index in range(len(columns))],
            "rows": [list(zip(columns, row, [questions.text(value) for value in row], strict=True)) for row in rows],
            "sheet": f"question-{analysis.number}",
        }

    # ------------------------------------------------------------------ quality, figures, files

    def _quality(self) -> Page:
        quality = self._rows(queries.QUALITY)
        columns = ("document_id", "title", "findings_n", "high_n", "medium_n", "low_n", "open_n")
        return Page("quality.html", "quality.html", "Before you quote these reports", {
            "quality": quality,
            "sheet": self._sheet("data-quality", columns, quality),
            "rules": self._rows(queries.RULES),
            "groups": [
                (severity, *HEADINGS[severity], [
                    (title, list(rows)) for title, rows in groupby(group, key=lambda row: row["document_title"])
                ])
                for severity, group in groupby(self._findings, key=lambda row: str(row["severity"]))
            ],
        })  # fmt: skip

    def _figure_pages(self, figures: list[Row]) -> Iterator[Page]:
        documents = {row["document_id"]: row for row in self._rows(queries.DOCUMENTS)}
        printed = {document: list(rows) for document, rows in groupby(figures, key=lambda row: row["document_id"])}
        yield Page("figures/index.html", "documents.html", "Every printed figure", {
            "documents": [
                row | {"figures_n": len(printed[name])} for name, row in documents.items() if name in printed
            ],
        })  # fmt: skip
        disputes: dict[str, list[Row]] = {}
        for finding in self._findings:
            for citation_id in {finding["citation_id_a"], finding["citation_id_b"]} - {None}:
                disputes.setdefault(citation_id, []).append(finding)
        for document_id, rows in printed.items():
            document = documents[document_id]
            yield Page(f"figures/{document_id}.html", "document.html", document["title"], {
                "document": document,
                "sections": [
                    (section, list(group)) for section, group in groupby(rows, key=lambda row: row["section"])
                ],
                "disputes": disputes,
                "inspections": [row for row in self._inspections if row["document_id"] == document_id],
            })  # fmt: skip

    def _file_pages(self) -> Iterator[Page]:
        columns = self._rows(queries.COLUMNS)
        tables = [
            row | {"columns": [column for column in columns if column["table_name"] == row["table_name"]]}
            for row in self._rows(queries.TABLES)
        ]
        yield Page("dictionary.html", "dictionary.html", "Data dictionary", {"tables": tables})
        yield Page("downloads.html", "downloads.html", "Downloads", {
            "files": self._files,
            "spreadsheet": SPREADSHEET_NAME,
            "tables": [row for row in tables if not row["table_name"].startswith("ops_")],
        })  # fmt: skip


def _title(topic_id: str) -> str:
    return topic_id.replace("_", " ").capitalize()
