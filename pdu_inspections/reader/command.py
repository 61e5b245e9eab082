"""The command `pdu read`: reports in, rows of seeds/reports out, and what could not be placed."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from pdu_inspections.errors import InputError, Problem, escape_unprintable
from pdu_inspections.output import Output
from pdu_inspections.project import current_project
from pdu_inspections.reader.document import Document
from pdu_inspections.reader.formats import open_report
from pdu_inspections.reader.frameworks import check_framework
from pdu_inspections.reader.prose import filter_new_candidates
from pdu_inspections.reader.read import read_report
from pdu_inspections.reader.reading import Reading, UnplacedLine
from pdu_inspections.reader.seeds import (
    Change,
    Tables,
    changed_tables,
    find_repeated_keys,
    find_same_file,
    load_accepted,
    load_tables,
    lock_seeds,
    merge,
)
from pdu_inspections.reader.time_limit import limit_time
from pdu_inspections.reader.vocabulary import SeedRow, Vocabulary
from pdu_inspections.review.copies import keep_copy
from pdu_inspections.review.store import ReviewStore
from pdu_inspections.seed_files import SeedFiles

EXIT_DIFFERS = 1
EXIT_BAD_INPUT = 3


_NOTICES_SHOWN = 12


@dataclass
class FileOutcome:
    """What became of one file: its status, and its reading or the problems with it."""

    name: str
    status: str
    reading: Reading | None = None
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    candidates: list[SeedRow] = field(default_factory=list)
    """Figures proposed from running text that are not in the seeds yet."""
    document: Document | None = None
    waiting_n: int = 0
    """Drafts of it that wait for a person's decision."""


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--dry-run", is_flag=True, help="Show the difference to the seeds; write nothing.")
@click.option("--replace", is_flag=True, help="Let figures that differ take the place of those in the seeds.")
@click.option("--framework", help="The framework of a report that leaves several open, by its id: pdu_2023.")
@click.option(
    "--output", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Form of the output."
)
def read(files: tuple[Path, ...], dry_run: bool, replace: bool, framework: str | None, output: str) -> None:
    """Read reports (PDF, page, DOCX, text) and data workbooks (XLSX, ODS) into seeds/reports of the project here.

    Reading a report again changes nothing. A figure that differs from the seeds is shown and refused unless --replace
    is given. Exit codes, of several files the worst: 0 read, 1 figures differ, 2 bad usage, 3 a file could not be read.
    """
    project = current_project().root
    written: list[str] = []
    try:
        with lock_seeds(project):
            vocabulary = Vocabulary(project)
            tables, seed_files = load_tables(project, vocabulary.contract)
            for problem in find_repeated_keys(vocabulary.contract, tables):
                click.echo(str(problem), err=True)
            check_framework(vocabulary, framework)
            outcomes, merged = _read_files(files, vocabulary, tables, framework, replace=replace, dry_run=dry_run)
            accepted = load_accepted(project)
            for outcome in outcomes:
                if outcome.reading is not None:
                    outcome.candidates = filter_new_candidates(outcome.reading.candidates, accepted)
            if not dry_run:
                _keep_copies(project, outcomes)
                changes = changed_tables(vocabulary.contract, seed_files, tables, merged)
                written = _write(project, outcomes, seed_files, changes)
    except InputError as error:
        _print_problems(error.problems, output)
        sys.exit(EXIT_BAD_INPUT)
    except (OSError, MemoryError) as error:
        reason = str(error) or "more memory is needed than may be used"
        _print_problems([Problem(str(project), "nothing was written", found=reason)], output)
        sys.exit(EXIT_BAD_INPUT)
    code = _exit_code(outcomes)
    # Whatever happens to the output, the exit code says what became of the files.
    to_output, to_error = Output(sys.stdout), Output(sys.stderr)
    if output == "json":
        to_output.write(json.dumps(_as_json(outcomes, written, code), ensure_ascii=False, indent=1) + "\n")
    else:
        for outcome in outcomes:
            is_error = outcome.status in ("bad_input", "refused") and not outcome.reading
            for line in _as_text(outcome):
                (to_error if is_error else to_output).write(f"{line}\n")
        for line in (*(f"written: {path}" for path in written), *_summary(outcomes), *_waiting(outcomes)):
            to_output.write(f"{line}\n")
    sys.exit(code)


def _read_files(
    files: Sequence[Path],
    vocabulary: Vocabulary,
    tables: Tables,
    framework: str | None,
    *,
    replace: bool,
    dry_run: bool,
) -> tuple[list[FileOutcome], Tables]:
    """Reads file by file; a file that fails or is refused leaves the tables as the files before it made them."""
    outcomes: list[FileOutcome] = []
    with click.progressbar(
        files, label="reading", file=sys.stderr, hidden=len(files) < 2 or not sys.stderr.isatty()
    ) as progress:
        for path in progress:
            outcome, tables = _read_file(path, vocabulary, tables, framework, replace=replace, dry_run=dry_run)
            outcomes.append(outcome)
    return outcomes, tables


def _read_file(
    path: Path, vocabulary: Vocabulary, tables: Tables, framework: str | None, *, replace: bool, dry_run: bool
) -> tuple[FileOutcome, Tables]:
    try:
        with limit_time(path):
            document = open_report(path)
            reading = read_report(document, vocabulary, framework)
        twin = find_same_file(tables, reading)
        if twin is not None:
            raise InputError(
                Problem(
                    str(path), f"is the same file as {twin}, which is in the seeds", action=f"read it as {twin}.txt"
                )
            )
    except InputError as error:
        return FileOutcome(str(path), "bad_input", problems=error.problems), tables
    merged = merge(vocabulary.contract, tables, reading)
    if not merged.changes:
        return FileOutcome(str(path), "unchanged", reading, document=document), tables
    if merged.differing and not replace:
        return FileOutcome(str(path), "refused", reading, merged.changes), tables
    status = "would_change" if dry_run else "changed"
    return FileOutcome(str(path), status, reading, merged.changes, document=document), merged.tables


def _keep_copies(project: Path, outcomes: Iterable[FileOutcome]) -> None:
    """Keep a copy of each report that was read, before any CSV is written."""
    for outcome in outcomes:
        if outcome.reading is not None and outcome.document is not None:
            keep_copy(project, Path(outcome.name), outcome.document, outcome.reading.document_id)


def _write(project: Path, outcomes: Iterable[FileOutcome], files: SeedFiles, changes: Mapping[str, bytes]) -> list[str]:
    """Write the rows, and what a person has to decide about each report, all or none; paths of the tables."""
    store = ReviewStore(project)
    taken = [(one, one.reading) for one in outcomes if one.reading is not None and one.document is not None]
    written = store.record_reading(*(reading for _, reading in taken), files=files, changes=changes)
    for outcome, reading in taken:
        outcome.waiting_n = len(store.waiting(reading.document_id))
    return [path for path in written if path in changes]


def _exit_code(outcomes: Iterable[FileOutcome]) -> int:
    statuses = {outcome.status for outcome in outcomes}
    if "bad_input" in statuses:
        return EXIT_BAD_INPUT
    return EXIT_DIFFERS if "refused" in statuses else 0


def _print_problems(problems: list[Problem], output: str) -> None:
    if output == "json":
        click.echo(json.dumps({"files": [], "problems": [asdict(p) for p in problems], "exit_code": EXIT_BAD_INPUT}))
    for problem in problems:
        click.echo(str(problem), err=True)


# ---------------------------------------------------------------------- output


def _as_json(outcomes: Iterable[FileOutcome], written: list[str], code: int) -> dict[str, Any]:
    return {"files": [_file_json(outcome) for outcome in outcomes], "written": written, "exit_code": code}


def _file_json(outcome: FileOutcome) -> dict[str, Any]:
    found: dict[str, Any] = {"file": outcome.name, "status": outcome.status}
    if outcome.reading is not None:
        reading = outcome.reading
        found |= {
            "document_id": reading.document_id,
            "layout": reading.layout,
            "tables": reading.counts(),
            "rows": {table: [_row_json(reading, row) for row in rows] for table, rows in reading.rows.items()},
            "notices": [asdict(notice) for notice in reading.notices],
            "proposals": [asdict(proposal) for proposal in reading.proposals],
            "not_placed": [asdict(unplaced) for unplaced in reading.unplaced_lines],
            "candidates": outcome.candidates,
            "numbers_not_placed": [asdict(number) for number in reading.unplaced_numbers],
            "changes": [
                {"table": c.table, "key": c.key, "before": c.before, "after": c.after, "columns": c.columns}
                for c in outcome.changes
            ],
        }
    if outcome.problems:
        found["problems"] = [asdict(problem) for problem in outcome.problems]
    return found


def _row_json(reading: Reading, row: SeedRow) -> dict[str, Any]:
    """A row; of a PDF with the position of its figure on the page in points, of a workbook with column and row."""
    position = reading.positions.get((row["line_number"], row["column_number"]))
    return dict(row) if position is None else {**row, "position": position}


_STATUSES = {
    "changed": "read, rows changed",
    "would_change": "read, rows would change",
    "unchanged": "read, as in the seeds",
    "refused": "refused, figures differ from the seeds",
    "bad_input": "could not be read",
}


def _summary(outcomes: Sequence[FileOutcome]) -> Iterator[str]:
    """What became of several files, worst last: how many of each kind, and the names of those that were not taken."""
    if len(outcomes) < 2:
        return
    yield f"{len(outcomes)} files:"
    for status, words in _STATUSES.items():
        names = [escape_unprintable(outcome.name) for outcome in outcomes if outcome.status == status]
        if names:
            listed = f": {', '.join(names)}" if status in ("refused", "bad_input") else ""
            yield f"  {len(names)} {words}{listed}"


def _as_text(outcome: FileOutcome) -> Iterator[str]:
    yield from (str(problem) for problem in outcome.problems)
    reading = outcome.reading
    if reading is None:
        return
    yield f"{reading.document_id}  (layout {reading.layout})"
    new: dict[str, int] = {}
    for change in outcome.changes:
        new[change.table] = new.get(change.table, 0) + change.is_new
    for table, count in reading.counts().items():
        yield f"  {table:<26}{count:>4} rows" + (f"  {new[table]} new" if new.get(table) else "")
    notices = [f"{_line(notice.line)}{notice.message}" for notice in reading.notices]
    if len(notices) > _NOTICES_SHOWN:
        more = len(notices) - _NOTICES_SHOWN
        notices[_NOTICES_SHOWN:] = [f"and {more} more; --dry-run --output json prints every one"]
    yield from _titled_list("to look at", notices)
    yield from _titled_list(
        "wordings that no vocabulary knows, for a person to decide",
        (
            f"line {p.line}: {p.vocabulary}: {p.proposed_id}  {p.wording!r}"
            + (f"; closest is {p.closest_id} {p.closest_wording!r}, likeness {p.score:.2f}" if p.closest_id else "")
            for p in reading.proposals
        ),
    )
    yield from _titled_list("not placed", _unplaced_lines(reading.unplaced_lines))
    if reading.candidates:
        accepted = len(reading.candidates) - len(outcome.candidates)
        yield f"  {'figures of running text':<26}{len(reading.candidates):>4} found  {accepted} in reported_figures.csv"
    yield from _titled_list(
        "numbers of running text that are no figures, or of an unknown kind", _unplaced_lines(reading.unplaced_numbers)
    )
    yield from _titled_list(
        "differs from the seeds", (line for c in outcome.changes if not c.is_new for line in _change(c))
    )
    yield "  " + _verdict(outcome)


def _waiting(outcomes: Iterable[FileOutcome]) -> Iterator[str]:
    """What to do next."""
    for outcome in outcomes:
        if outcome.reading is not None and outcome.waiting_n:
            yield f"{outcome.waiting_n} drafts wait for a decision: pdu review {outcome.reading.document_id}"


def _verdict(outcome: FileOutcome) -> str:
    differing = sum(not change.is_new for change in outcome.changes)
    added = len(outcome.changes) - differing
    summary = f"{added} rows new, {differing} differing"
    return {
        "unchanged": "nothing changed",
        "changed": summary,
        "would_change": f"{summary}; dry run, nothing written",
        "refused": f"{summary}; refused, nothing written: look at the differences, then read again with --replace",
    }[outcome.status]


def _titled_list(title: str, lines: Iterable[str]) -> Iterator[str]:
    items = list(lines)
    if items:
        yield f"  {title}:"
        # A tab parts the cells of a row, and harms no terminal.
        yield from ("    " + "\t".join(map(escape_unprintable, item.split("\t"))) for item in items)


def _line(number: int) -> str:
    return f"line {number}: " if number else ""


def _change(change: Change) -> Iterator[str]:
    where = f"{change.table} {' '.join(change.key)}"
    if change.before is None:
        return
    if change.after is None:
        yield f"{where}: in the seeds {change.before['as_printed']!r}, in the report no longer found"
        return
    for name in change.columns:
        yield f"{where}: {name}: in the seeds {change.before[name]!r}, in the report {change.after[name]!r}"


def _unplaced_lines(unplaced_lines: Sequence[UnplacedLine]) -> Iterator[str]:
    """Lines with a figure one by one; runs of rows of words as one item."""
    for has_figure, run in groupby(unplaced_lines, key=lambda unplaced: unplaced.has_figure):
        items = list(run)
        if has_figure or len(items) < 3:
            yield from (f"line {item.line}: {item.text[:100]}" for item in items)
        else:
            yield f"lines {items[0].line}-{items[-1].line}: {len(items)} rows of words, such as {items[0].text[:60]!r}"
