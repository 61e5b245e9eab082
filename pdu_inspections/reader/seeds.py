"""The CSVs of seeds/reports: what a reading would change in them, and writing them all or not at all."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.gate.contract import REFERENCE, REPORTS, SeedContract, SeedTable, read_contract
from pdu_inspections.gate.csv_files import read_records
from pdu_inspections.reader.prose import TABLE
from pdu_inspections.reader.reading import Reading, printed_value
from pdu_inspections.reader.vocabulary import SeedRow, parse_csv, read_csv
from pdu_inspections.seed_files import SeedFiles, load_seed_files, lock_seed_files

WORKBOOKS = frozenset({"xlsx", "ods"})
CURATED = frozenset({TABLE, "statements"})
"""Report tables that people fill; the reader writes all others."""

_MOST_DIGITS = 10

Tables = dict[str, list[SeedRow]]


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the seeds that a reading finds otherwise: before or after is None where the row is new or gone."""

    table: str
    key: tuple[str, ...]
    before: SeedRow | None
    after: SeedRow | None

    @property
    def columns(self) -> list[str]:
        """Columns that differ."""
        if self.before is None or self.after is None:
            return []
        return [name for name in self.after if self.before.get(name) != self.after[name]]

    @property
    def is_new(self) -> bool:
        """Whether the seeds have no such row yet."""
        return self.before is None


@dataclass
class Merge:
    """The seeds with a reading put in, and what that changes."""

    tables: Tables
    changes: list[Change] = field(default_factory=list)

    @property
    def differing(self) -> list[Change]:
        """Changes of rows that are in the seeds already; they need the user's word."""
        return [change for change in self.changes if not change.is_new]


@contextlib.contextmanager
def lock_seeds(project: Path) -> Iterator[None]:
    """Lets one reader at a time change the CSVs of a project; a second one waits a while.

    Raises InputError where the directory is no project, or the first one does not end in time.
    """
    if not (project / "seeds" / REFERENCE).is_dir():
        raise InputError(
            Problem(f"seeds/{REFERENCE}", "is missing", action="run the command in the project's directory")
        )
    folder = f"seeds/{REPORTS}"
    if not os.path.lexists(project / folder):
        (project / folder).mkdir(exist_ok=True)
    if (project / folder).is_symlink():
        raise InputError(
            Problem(folder, "is a link", expected="a folder of the project", action="put the folder itself here")
        )
    with lock_seed_files(project, fcntl.LOCK_EX, folder):
        yield


def load_tables(project: Path, contract: SeedContract) -> tuple[Tables, SeedFiles]:
    """The report tables as they are in the seeds, and their files; a table that does not exist yet is empty."""
    names = [name for name, table in contract.items() if is_read(table)]
    files = load_seed_files(project, [contract[name].path for name in names])
    contents = {name: files.loaded[contract[name].path] for name in names}
    return {name: parse_csv(contract[name], content) if content else [] for name, content in contents.items()}, files


def find_repeated_keys(contract: SeedContract, tables: Tables) -> list[Problem]:
    """Keys that stand more than once. Their rows are left as they are: only a person can tell which of them holds."""
    problems = []
    for name, rows in tables.items():
        counts = Counter(_key_of(contract[name], row) for row in rows)
        problems += [
            Problem(
                contract[name].path, "a key stands more than once", found=" ".join(key), action="delete all but one"
            )
            for key, count in counts.items()
            if count > 1
        ]
    return problems


def _key_of(table: SeedTable, row: SeedRow) -> tuple[str, ...]:
    return tuple(row[column] for column in table.key)


def is_read(table: SeedTable) -> bool:
    """Whether the reader writes the table."""
    return table.folder == REPORTS and table.name not in CURATED


def load_accepted(project: Path) -> list[SeedRow]:
    """Figures of running text that people have accepted."""
    path = read_contract(project / "seeds")[TABLE].path
    return read_csv(project, TABLE) if (project / path).exists() else []


def find_same_file(tables: Tables, reading: Reading) -> str | None:
    """Id under which the very same file is in the seeds already, where that is another id."""
    mine = reading.rows["documents"][0]["sha256"]
    return next(
        (
            row["document_id"]
            for row in tables["documents"]
            if row["sha256"] == mine and row["document_id"] != reading.document_id
        ),
        None,
    )


def merge(contract: SeedContract, tables: Tables, reading: Reading) -> Merge:
    """Puts a reading's rows in place of the document's rows; rows of other documents are left alone.

    Where another report of the same inspection was read, this one is its second version: it is linked to the first and
    its rows take the place of the first's, which shows as differences. A report and its data workbook are no versions
    of each other: what both print stays with the one read first, unless they differ.
    """
    earlier = _earlier_version(tables, reading)
    merged = Merge({name: list(rows) for name, rows in tables.items()})
    for name in tables:
        fresh = [dict(row) for row in reading.rows.get(name, [])]
        if name == "documents" and earlier:
            fresh[0]["supersedes_document_id"] = earlier
        elif name == "documents":
            fresh[0]["supersedes_document_id"] = _supersedes(tables, reading.document_id)
        own = {reading.document_id} if name == "documents" or not earlier else {reading.document_id, earlier}
        merged.tables[name], changes = _merge_table(contract[name], tables[name], fresh, own)
        merged.changes += changes
    return merged


def _earlier_version(tables: Tables, reading: Reading) -> str:
    mine = reading.rows["inspections"][0]["inspection_id"]
    is_workbook = reading.rows["documents"][0]["source_format"] in WORKBOOKS
    alike = {row["document_id"] for row in tables["documents"] if (row["source_format"] in WORKBOOKS) == is_workbook}
    return next(
        (
            row["document_id"]
            for row in tables["inspections"]
            if row["inspection_id"] == mine
            and row["reported_in"] == "own_report"
            and row["document_id"] in alike - {reading.document_id}
        ),
        "",
    )


def _supersedes(tables: Tables, document_id: str) -> str:
    return next((r["supersedes_document_id"] for r in tables["documents"] if r["document_id"] == document_id), "")


def _merge_table(
    table: SeedTable, seeds: list[SeedRow], fresh: list[SeedRow], own: set[str]
) -> tuple[list[SeedRow], list[Change]]:
    identity = table.key
    before = {tuple(row[column] for column in identity): row for row in seeds}
    after = {tuple(row[column] for column in identity): row for row in fresh}
    for key, row in list(after.items()):
        known = before.get(key)
        if known is not None and known["document_id"] not in own and printed_value(known) == printed_value(row):
            del after[key]
    changes = [Change(table.name, key, before.get(key), row) for key, row in after.items() if before.get(key) != row]
    changes += [
        Change(table.name, key, row, None)
        for key, row in before.items()
        if row["document_id"] in own and key not in after
    ]
    if not changes:
        return seeds, []
    others = [row for row in seeds if row["document_id"] not in own and _key_of(table, row) not in after]
    return sorted([*others, *after.values()], key=_order), changes


def _order(row: SeedRow) -> tuple[object, ...]:
    return (row["document_id"], _number(row["line_number"]), _number(row["column_number"]), *row.values())


def _number(text: str) -> int:
    """A line or column number; 0 for what the gate would refuse as one."""
    return int(text) if text.isdecimal() and len(text) < _MOST_DIGITS else 0


def csv_text(table: SeedTable, rows: Iterable[Mapping[str, str]]) -> str:
    """A table as CSV: columns of the contract in order, LF, quotes only where needed."""
    names = table.column_names
    lines = [names, *([row[name] for name in names] for row in rows)]
    return "".join(f"{','.join(map(_quoted, line))}\n" for line in lines)


def _quoted(value: str) -> str:
    """A value as the csv module writes it, without its cost, the largest part of saving a decision."""
    if not ('"' in value or "," in value or "\n" in value or "\r" in value):
        return value
    return f'"{value.replace(chr(34), chr(34) * 2)}"'


def changed_tables(contract: SeedContract, files: SeedFiles, before: Tables, after: Tables) -> dict[str, bytes]:
    """New bytes by path of the tables in which a row changed, and of those that have no CSV yet.

    Raises InputError where a CSV that would be written is not as the contract says, so that its rows cannot be told for
    certain.
    """
    if after == before:
        return {}
    changed = [name for name in after if after[name] != before[name] or files.loaded[contract[name].path] is None]
    problems = [problem for name in changed for problem in _form_problems(files, contract[name])]
    if problems:
        raise InputError(problems)
    return {contract[name].path: csv_text(contract[name], after[name]).encode() for name in changed}


def _form_problems(files: SeedFiles, table: SeedTable) -> list[Problem]:
    """What is wrong with the form of a CSV that would be written anew."""
    if files.loaded[table.path] is None:
        return []
    return read_records(files.root / table.path, table, files.root / "seeds")[1]
