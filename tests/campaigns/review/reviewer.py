"""Decides everything about a report on the review page, as the rows say that people have accepted."""

from __future__ import annotations

import csv
import statistics
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pdu_inspections.reader.seeds import csv_text
from pdu_inspections.review.drafts import Draft, DraftKind
from pdu_inspections.review.store import ReviewStore
from tests.support.reader_help import LONG, ROOT, write_project
from tests.support.review_help import project_with_drafts, read_again, review_page

Row = dict[str, str]
TABLES = ("reported_figures", "recommendation_titles", "progress_titles")
_PLACE = ("line_number", "column_number", "as_printed")
_NUMBERS = {"recommendation_titles": "recommendation_number", "progress_titles": "progress_number"}


@dataclass(frozen=True)
class Outcome:
    """What became of a report: its rows by table in the order of the file, and what there was to decide.

    accepted_n: proposals accepted as they were, apart from the description. added_n: figures the reader had missed.
    """

    rows: dict[str, list[Row]]
    expected: dict[str, list[Row]]
    decided_n: int
    figures_n: int
    proposed_n: int
    accepted_n: int
    rejected_n: int
    added_n: int

    @property
    def is_same(self) -> bool:
        """Whether the seeds hold what they held; a report that was never curated has nothing to compare."""
        return not self.expected["reported_figures"] or self.rows == self.expected


class Form:
    """A person's browser: it has opened the page once, and sends the page's forms."""

    def __init__(self, address: str, token: str) -> None:
        self.address = address
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        self._opener.open(f"{address}/?token={token}").close()

    def open(self, path: str) -> None:
        """Open a page and read it."""
        with self._opener.open(self.address + path) as answer:
            answer.read()

    def send(self, path: str, **values: str) -> None:
        """Send a form. Raises HTTPError where the page refuses it."""
        body = urllib.parse.urlencode(values).encode()
        with self._opener.open(urllib.request.Request(self.address + path, body, {"Origin": self.address})) as answer:
            answer.read()


def review(report: Path, directory: Path) -> Outcome:
    """Read a report into a new project without any row of it, and decide all as this project's rows say."""
    directory.mkdir(parents=True, exist_ok=True)
    project = write_project(directory)
    expected = {table: rows_of(ROOT, table, report.stem) for table in TABLES}
    for table in (*_NUMBERS, "expected_row_counts"):
        _drop_rows(project, table, report.stem)
    read_again(project, report)
    store = ReviewStore(project)
    proposed = {draft.key: draft for draft in store.drafts(report.stem)}
    with review_page(project) as (address, token):
        form = Form(address, token)
        _decide_figures(form, store, report.stem, expected["reported_figures"])
        for draft in store.drafts(report.stem):
            if draft.target_table in _NUMBERS:
                form.send(_path(draft), action="accept", **_titled(draft, expected[draft.target_table]))
            elif draft.decision is None:
                form.send(_path(draft), action="accept", **draft.row)
    drafts = store.drafts(report.stem)
    figures = [draft for draft in drafts if draft.kind is DraftKind.FIGURE]
    assert all(draft.decision is not None for draft in drafts)
    return Outcome(
        {table: rows_of(project, table, report.stem) for table in TABLES},
        expected,
        len(drafts),
        len(rows_of(project, "reported_figures", report.stem)),
        sum(draft.key in proposed for draft in figures),
        sum(draft.decision is not None and set(draft.corrected) <= {"description"} for draft in figures)
        - sum(draft.decision == "rejected" for draft in figures),
        sum(draft.decision == "rejected" for draft in figures),
        sum(draft.key not in proposed for draft in figures),
    )


def page_times(directory: Path, drafts_n: int) -> dict[str, float]:
    """Median milliseconds that the page takes to answer, by kind of request, with so many drafts of one report."""
    project = project_with_drafts(directory)
    contract = ReviewStore(project).contract["drafts"]
    rows = [row for row in rows_of(project, "drafts", LONG.stem) if row["draft_kind"] == "figure"]
    items = [f"L{number}:C1" for number in range(1, drafts_n + 1)]
    many = [{**rows[n % len(rows)], "item": item} for n, item in enumerate(items)]
    (project / contract.path).write_text(csv_text(contract, many), encoding="utf-8")
    with review_page(project) as (address, token):
        form = Form(address, token)
        report = f"/{LONG.stem}"
        return {
            "list of the report": _median(lambda _: form.open(report)),
            "one figure": _median(lambda n: form.open(f"{report}/figure/{items[n]}")),
            "what the rules say while a figure is corrected": _median(
                lambda n: form.send(f"{report}/figure/{items[n]}/contradictions", value="2")
            ),
            "a rejection saved, and the next figure": _median(
                lambda n: form.send(f"{report}/figure/{items[n]}/decide", action="reject")
            ),
        }


def _median(request: Callable[[int], None]) -> float:
    taken = []
    for number in range(9):
        began = time.perf_counter()
        request(number)
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def rows_of(project: Path, table: str, document_id: str) -> list[Row]:
    """Rows of a seed about a report, in the order of the file."""
    path = next((project / "seeds").rglob(f"{table}.csv"), None)
    if path is None:
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if _is_of(row, document_id)]


def _decide_figures(form: Form, store: ReviewStore, document_id: str, accepted: list[Row]) -> None:
    """Accept what stands where an accepted row does, reject the rest, and add what the reader missed."""
    by_item = {f"L{row['line_number']}:C{row['column_number']}": row for row in accepted}
    figures = [draft for draft in store.drafts(document_id) if draft.kind is DraftKind.FIGURE]
    if not accepted:  # nobody has read the running text of an invented report: its figures are as proposed
        by_item = {draft.item: {**draft.row, "description": "An invented figure"} for draft in figures}
    for draft in figures:
        row = by_item.get(draft.item)
        if row is not None and draft.place["as_printed"] == row.get("as_printed", draft.place["as_printed"]):
            form.send(_path(draft), action="accept", **row)
        else:
            form.send(_path(draft), action="reject", reason="no figure")
    decided = {draft.item for draft in store.drafts(document_id) if draft.decision in ("accepted", "corrected")}
    for item, row in by_item.items():
        if item not in decided:
            form.send(f"/{document_id}/add", **{name: row[name] for name in _PLACE})
            draft = next(one for one in store.drafts(document_id) if one.kind is DraftKind.FIGURE and not one.decision)
            form.send(_path(draft), action="accept", **row)


def _titled(draft: Draft, titles: list[Row]) -> Row:
    number = _NUMBERS[draft.target_table]
    invented = {"title": "An invented title", "theme_id": "risk_of_harm"}
    return next((row for row in titles if row[number] == draft.item), {number: draft.item, **invented})


def _path(draft: Draft) -> str:
    return f"/{draft.document_id}/{draft.kind}/{draft.item}/decide"


def _is_of(row: Row, document_id: str) -> bool:
    return document_id in (row.get("document_id"), row.get("inspection_id"))


def _drop_rows(project: Path, table: str, document_id: str) -> None:
    path = project / "seeds" / "reference" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        names = reader.fieldnames or []
        rows = [row for row in reader if not _is_of(row, document_id)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
