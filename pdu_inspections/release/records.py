"""The build record: build.json beside the file, and the ops_ tables inside it, which carry earlier builds' history."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from pdu_inspections.files import read_json
from pdu_inspections.release.dbt import TestResult
from pdu_inspections.release.diff import TableDiff
from pdu_inspections.release.inputs import Input
from pdu_inspections.release.marts import Mart
from pdu_inspections.sql import literal, quoted

RECORD_NAME = "build.json"

DETAILED_BUILDS = 100
"""How many builds ops_test_result and ops_input remember; ops_build and ops_table_content forget none."""


@dataclass(frozen=True)
class BuildRecord:
    """All that is known of a build when its file is written. Times are UTC, ISO 8601."""

    build_id: str
    sequence_n: int
    previous_build_id: str | None
    started_at: str
    built_at: str
    duration_s: float
    revision: str
    is_dirty: bool
    fingerprint: str
    versions: dict[str, str]
    inputs: list[Input]
    tests: list[TestResult]
    models_n: int
    marts: list[Mart]
    diffs: list[TableDiff]
    durations: dict[str, float] = field(default_factory=dict)
    revision_problem: str | None = None
    losses: list[str] = field(default_factory=list)
    loss_reason: str | None = None

    def tests_n(self, status: str | None = None) -> int:
        """How many checks ran, or ended with a status."""
        return sum(1 for test in self.tests if status in (None, test.status))

    def as_json(self) -> str:
        """The record as build.json holds it: columns and row differences of tables have files of their own."""
        content = asdict(self)
        content["marts"] = [
            {
                "table_name": mart.name,
                "rows_n": mart.rows_n,
                "content_hash": mart.content_hash,
                "values_n": dict(mart.values_n),
            }
            for mart in self.marts
        ]
        content["diffs"] = [diff.counts() for diff in self.diffs]
        return json.dumps(content, indent=1) + "\n"


def read_record(release: Path) -> dict[str, Any]:
    """A release's build.json. Raises OSError or ValueError where it cannot be read or is no build record."""
    record = read_json(release / RECORD_NAME)
    if not isinstance(record, dict) or not _is_record(record):
        raise ValueError(f"{RECORD_NAME} is no build record")
    return record


def _is_record(record: dict[str, Any]) -> bool:
    """Whether a record holds what is read from it later, in the form that is expected there."""
    texts = ("build_id", "built_at", "revision", "fingerprint")
    lists = {"inputs": ("path", "sha256"), "marts": ("table_name", "content_hash"), "tests": ()}
    return (
        all(isinstance(record.get(name), str) for name in texts)
        and _is_moment(record["built_at"])
        and isinstance(record.get("versions"), dict)
        and all(isinstance(record.get(name), list) for name in lists)
        and all(
            isinstance(entry, dict) and all(isinstance(entry.get(column), str) for column in columns)
            for name, columns in lists.items()
            if columns
            for entry in record[name]
        )
        and all(type(mart.get("rows_n")) is int for mart in record["marts"])
        and all(type(item.get("bytes_n")) is int for item in record["inputs"])
    )


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is None
    except ValueError:
        return False


@dataclass(frozen=True)
class _OpsColumn:
    name: str
    sql_type: str
    comment: str
    nullable: bool = False


@dataclass(frozen=True)
class _OpsTable:
    name: str
    comment: str
    key: tuple[str, ...]
    columns: tuple[_OpsColumn, ...]
    keeps_all: bool

    @property
    def columns_sql(self) -> str:
        """Columns and key as SQL defines them."""
        lines = [f"{c.name} {c.sql_type}{'' if c.nullable else ' not null'}" for c in self.columns]
        return f"{', '.join(lines)}, primary key ({', '.join(self.key)})"


_VERSIONS = {
    "python_version": "python",
    "dbt_version": "dbt-core",
    "dbt_duckdb_version": "dbt-duckdb",
    "duckdb_version": "duckdb",
}
_BUILD_ID = _OpsColumn("build_id", "varchar", "Build; joins the ops_ tables.")

_TABLES = (
    _OpsTable(
        "ops_build",
        "One row per published build, this one and those before it.",
        ("build_id",),
        (
            _BUILD_ID,
            _OpsColumn("sequence_n", "integer", "Number of the build; a later build has a higher one."),
            _OpsColumn("previous_build_id", "varchar", "Build that was current before; empty for the first.", True),
            _OpsColumn("started_at", "timestamp", "When it began, UTC."),
            _OpsColumn("built_at", "timestamp", "When its file was written, UTC."),
            _OpsColumn("duration_s", "double", "Seconds from its begin until its file was written."),
            _OpsColumn("revision", "varchar", "Git revision of the project; unknown where git gave none."),
            _OpsColumn("is_dirty", "boolean", "Whether files differed from that revision."),
            _OpsColumn("fingerprint", "varchar", "SHA-256 over the paths and bytes of all inputs."),
            _OpsColumn("python_version", "varchar", "Version of Python."),
            _OpsColumn("dbt_version", "varchar", "Version of dbt."),
            _OpsColumn("dbt_duckdb_version", "varchar", "Version of dbt-duckdb."),
            _OpsColumn("duckdb_version", "varchar", "Version of DuckDB that wrote the file."),
            _OpsColumn("models_n", "integer", "Models built."),
            _OpsColumn("tests_n", "integer", "Checks run: gate, data and unit tests."),
            _OpsColumn("tests_passed_n", "integer", "Checks passed."),
            _OpsColumn("tests_warned_n", "integer", "Checks that warned."),
            _OpsColumn("loss_reason", "varchar", "Why a loss of rows was accepted; empty where none was.", True),
        ),
        True,
    ),
    _OpsTable(
        "ops_test_result",
        f"One row per check and build, for the last {DETAILED_BUILDS} builds.",
        ("build_id", "test_id"),
        (
            _BUILD_ID,
            _OpsColumn("test_id", "varchar", "Check; the same from build to build."),
            _OpsColumn("test_name", "varchar", "The claim that was checked."),
            _OpsColumn("test_type", "varchar", "gate (on the CSVs), data (on the models), unit (of new logic)."),
            _OpsColumn("description", "varchar", "What it means, and who corrects it; may be empty."),
            _OpsColumn("status", "varchar", "pass or warn; a build with any other is not published."),
            _OpsColumn("failures_n", "integer", "Rows that broke the claim.", True),
            _OpsColumn("duration_s", "double", "Seconds it took."),
        ),
        False,
    ),
    _OpsTable(
        "ops_table_content",
        "One row per mart and build: its size, its content's hash, and what changed since the build before.",
        ("build_id", "table_name"),
        (
            _BUILD_ID,
            _OpsColumn("table_name", "varchar", "Mart."),
            _OpsColumn("rows_n", "bigint", "Rows."),
            _OpsColumn("content_hash", "varchar", "SHA-256 over columns and rows, whatever the rows' order."),
            _OpsColumn("rows_added_n", "bigint", "Rows whose key is new; empty without an earlier build.", True),
            _OpsColumn("rows_removed_n", "bigint", "Rows whose key is gone; empty without an earlier build.", True),
            _OpsColumn("rows_changed_n", "bigint", "Rows with a changed value; empty without an earlier build.", True),
        ),
        True,
    ),
    _OpsTable(
        "ops_input",
        f"One row per input file and build, for the last {DETAILED_BUILDS} builds.",
        ("build_id", "path"),
        (
            _BUILD_ID,
            _OpsColumn("path", "varchar", "Path below the project."),
            _OpsColumn("sha256", "varchar", "SHA-256 of its bytes."),
            _OpsColumn("bytes_n", "bigint", "Size in bytes."),
        ),
        False,
    ),
)

_FILE_TABLE = _OpsTable(
    "ops_file",
    "One row per file of this release but the database itself and SHA256SUMS.",
    ("path",),
    (
        _OpsColumn("path", "varchar", "Path below the release."),
        _OpsColumn("bytes_n", "bigint", "Size in bytes."),
        _OpsColumn("sha256", "varchar", "SHA-256 of its bytes."),
    ),
    False,
)


def write_ops_tables(
    connection: duckdb.DuckDBPyConnection, database: str, record: BuildRecord, history: str | None
) -> None:
    """Create the ops_ tables in a database, with the record's rows and those of the attached database history."""
    for table in _TABLES:
        name = f"{database}.main.{table.name}"
        connection.execute(f"create table {name} ({table.columns_sql})")
        _comment(connection, name, table)
        _insert(connection, name, table, _rows(table.name, record))
        if history is not None:
            _carry_over(connection, name, table, history, record)


def write_file_list(database: Path, files: Sequence[Mapping[str, Any]]) -> None:
    """Add the table ops_file to a finished database: path, size and checksum of every other file of the release."""
    with duckdb.connect(str(database)) as connection:
        name = f"main.{_FILE_TABLE.name}"
        connection.execute(f"create table {name} ({_FILE_TABLE.columns_sql})")
        _comment(connection, name, _FILE_TABLE)
        _insert(connection, name, _FILE_TABLE, files)
        connection.execute("checkpoint")


def _comment(connection: duckdb.DuckDBPyConnection, name: str, table: _OpsTable) -> None:
    connection.execute(f"comment on table {name} is {literal(table.comment)}")
    for column in table.columns:
        connection.execute(f"comment on column {name}.{column.name} is {literal(column.comment)}")


def _rows(name: str, record: BuildRecord) -> list[dict[str, Any]]:
    """The record's rows of a table, by column; more than the table's columns may be in them."""
    if name == "ops_build":
        versions = {column: record.versions[package] for column, package in _VERSIONS.items()}
        counts = {"tests_passed_n": record.tests_n("pass"), "tests_warned_n": record.tests_n("warn")}
        return [{**vars(record), **versions, **counts, "tests_n": record.tests_n()}]
    if name == "ops_test_result":
        return [vars(test) | {"build_id": record.build_id} for test in record.tests]
    if name == "ops_input":
        return [vars(item) | {"build_id": record.build_id} for item in record.inputs]
    changes = {diff.table_name: diff.counts() for diff in record.diffs}
    return [
        {"build_id": record.build_id, "table_name": mart.name, "rows_n": mart.rows_n, "content_hash": mart.content_hash}
        | changes.get(mart.name, {})
        for mart in record.marts
    ]


def _insert(
    connection: duckdb.DuckDBPyConnection, name: str, table: _OpsTable, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows column by column: one statement, however many rows."""
    if not rows:
        return
    values = ", ".join(f"unnest(${index}::{column.sql_type}[])" for index, column in enumerate(table.columns, start=1))
    columns = [[row.get(column.name) for row in rows] for column in table.columns]
    connection.execute(f"insert into {name} select {values}", columns)


def _carry_over(
    connection: duckdb.DuckDBPyConnection, name: str, table: _OpsTable, history: str, record: BuildRecord
) -> None:
    """Copy earlier builds' rows, by the columns that both files have."""
    earlier = {
        row[0]
        for row in connection.execute(
            "select column_name from duckdb_columns() "
            "where database_name = ? and schema_name = 'main' and table_name = ?",
            [history, table.name],
        ).fetchall()
    }
    if not earlier.issuperset(table.key):
        return
    columns = ", ".join(quoted(column.name) for column in table.columns if column.name in earlier)
    remembered = (
        f"(select build_id from {history}.main.ops_build"
        + ("" if table.keeps_all else f" order by sequence_n desc limit {DETAILED_BUILDS - 1}")
        + ")"
    )
    connection.execute(
        f"insert into {name} by name select {columns} from {history}.main.{table.name} "
        f"where build_id <> ? and build_id in {remembered} order by {', '.join(table.key)}",
        [record.build_id],
    )
