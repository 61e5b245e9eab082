"""What pages are made from: a release's file, and the CSVs, charts and search index that go beside the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path
from textwrap import shorten
from typing import Any, NamedTuple

import duckdb

from pdu_inspections.questions import Question
from pdu_inspections.questions import read as read_questions
from pdu_inspections.site import queries
from pdu_inspections.site.charts.drawing import Figure, Panel

Row = dict[str, Any]

LONGEST_WORDS = 160
"""Characters of an entry of the search: enough to tell what it is, few enough for an index that loads at once."""


@dataclass(frozen=True)
class Page:
    """A page: its path below the site, its template, and what the template shows."""

    path: str
    template: str
    title: str
    content: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CsvFile:
    """The CSV of a table or chart: its name, its columns, its rows."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True)
class SearchEntry:
    """Something to find: what kind of thing it is, its words, and the page that shows it."""

    kind: str
    words: str
    address: str


class Unread(NamedTuple):
    """An inspection whose report is not read to the end: its name, how far it is read, and what waits."""

    body: str
    mark: str
    words: str


class Content:
    """One release's file, and everything that pages ask to have written beside them."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, project: Path, files: str) -> None:
        """Take an open file. project holds analyses/ and CHANGELOG.md; files is the address of the release's files."""
        self.connection = connection
        self.project = project
        self.files = files
        self.queries: list[str] = []
        self.csv_files: list[CsvFile] = []
        self.figures: list[Figure] = []
        self.search_entries: list[SearchEntry] = []

    def rows(self, sql: str) -> list[Row]:
        """The result of a query, a mapping for each row."""
        self.queries.append(sql)
        result = self.connection.execute(sql)
        names = [str(column[0]) for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def csv(self, name: str, columns: Sequence[str], rows: Iterable[Row]) -> str:
        """Have a CSV written; its name, for the link."""
        self.csv_files.append(CsvFile(name, columns, [[row[column] for column in columns] for row in rows]))
        return name

    def figure(self, name: str, title: str, panels: Sequence[Panel], note: str = "") -> Figure:
        """Have a figure's files written."""
        figure = Figure(name, title, panels, note)
        self.figures.append(figure)
        return figure

    def find(self, kind: str, words: str, address: str) -> None:
        """Let the search find a page by these words."""
        self.search_entries.append(SearchEntry(kind, shorten(words, LONGEST_WORDS, placeholder=" …"), address))

    # What more than one kind of page shows.

    @cached_property
    def build(self) -> Row:
        """The build that made the file."""
        return self.rows(queries.BUILD)[0]

    @cached_property
    def questions(self) -> list[Question]:
        """The questions of analyses/, in the order of their numbers."""
        return read_questions(self.project)

    @cached_property
    def inspections(self) -> list[Row]:
        """Inspections whose report is held, latest first."""
        return self.rows(queries.INSPECTIONS)

    @cached_property
    def bands(self) -> list[Row]:
        """Ratings, lowest first, with their bands and first letters."""
        return [band | {"letters": initials(band["rating"])} for band in self.rows(queries.BANDS)]

    @cached_property
    def key_questions(self) -> list[Row]:
        """Key questions of all inspections."""
        return [row | {"label": row["topic_name"]} for row in self.rows(queries.KEY_QUESTIONS)]

    @cached_property
    def comparisons(self) -> list[Row]:
        """Key questions of every pair of inspections that can be compared."""
        return self.rows(queries.COMPARISONS)

    @cached_property
    def safety_comparisons(self) -> list[Row]:
        """Key questions on safety of every pair of inspections that asked the same one."""
        return self.rows(queries.SAFETY_COMPARISONS)

    @cached_property
    def findings(self) -> list[Row]:
        """Contradictions, most misleading first, each with its further prints."""
        further: dict[str, list[Row]] = {}
        for row in self.finding_prints:
            if not row["is_first"]:
                further.setdefault(row["discrepancy_id"], []).append(row)
        return [row | {"further": further.get(row["discrepancy_id"], [])} for row in self.rows(queries.FINDINGS)]

    @cached_property
    def finding_prints(self) -> list[Row]:
        """The prints that contradictions rest on."""
        return self.rows(queries.FINDING_PRINTS)

    @cached_property
    def coverage(self) -> dict[str, list[Row]]:
        """What was found, accepted, rejected and waits in each part of a report, by inspection."""
        rows = self.rows(queries.COVERAGE)
        return {name: list(group) for name, group in groupby(rows, key=lambda row: str(row["inspection_id"]))}

    @cached_property
    def unread(self) -> dict[str, Unread]:
        """Inspections whose report is not read to the end, by id."""
        return {
            row["inspection_id"]: Unread(
                f"{row['organisation_name']} {row['inspection_year']}",
                "not read" if row["coverage_status"] == "not_read" else "partly read",
                _unread(self.coverage.get(row["inspection_id"], [])),
            )
            for row in self.inspections
            if row["coverage_status"] != "complete"
        }

    @cached_property
    def pdus(self) -> list[Row]:
        """Probation delivery units of today's register by name, each with its latest rating."""
        return self.rows(queries.PDUS)

    @cached_property
    def documents(self) -> list[Row]:
        """Reports, and collections that facts about other inspections come from."""
        return self.rows(queries.DOCUMENTS)

    @cached_property
    def inspection_names(self) -> dict[str, str]:
        """Inspections by id, as the pages call them."""
        return {
            row["inspection_id"]: f"{row['organisation_name']} {row['inspection_year']}"
            + (f" ({self.unread[row['inspection_id']].mark})" if row["inspection_id"] in self.unread else "")
            for row in self.inspections
        }


def _unread(parts: Iterable[Row]) -> str:
    """What of a report waits for a person, in words: not yet read: 84 figures."""
    waiting = {row["part"]: row["waiting_n"] for row in parts if row["waiting_n"] and row["part"] != "rules"}
    nouns = {"running_text": "figure", "recommendations": "recommendation"}
    counts = [f"{n} {nouns.get(part, 'row')}{'' if n == 1 else 's'}" for part, n in waiting.items()]
    return f"not yet read: {' and '.join(counts)}" if counts else "running text not yet read"


def initials(rating: str) -> str:
    """First letters of a rating, as it is written where there is little room: RI."""
    return "".join(word[0].upper() for word in rating.split())
