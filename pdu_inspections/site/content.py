"""What pages are made from: a release's file, and the CSVs, charts and search index that go beside the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from textwrap import shorten
from typing import Any

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
    def documents(self) -> list[Row]:
        """Reports, and collections that facts about other inspections come from."""
        return self.rows(queries.DOCUMENTS)

    @cached_property
    def inspection_names(self) -> dict[str, str]:
        """Inspections by id, as the pages call them."""
        return {
            row["inspection_id"]: f"{row['organisation_name']} {row['inspection_year']}" for row in self.inspections
        }


def initials(rating: str) -> str:
    """First letters of a rating, as it is written where there is little room: RI."""
    return "".join(word[0].upper() for word in rating.split())
