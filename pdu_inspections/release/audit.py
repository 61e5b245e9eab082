"""The audit of a finished file, by a process of its own that can only read it.

Run as `python -m pdu_inspections.release.audit FILE`: prints what the file holds as JSON. The build compares that with
what dbt built; the copy is published only if both are the same.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb

from pdu_inspections.environment import child_environment
from pdu_inspections.exit_codes import ExitCode
from pdu_inspections.project import DATABASE_NAME
from pdu_inspections.release.database import STORAGE_VERSION
from pdu_inspections.release.errors import BuildError
from pdu_inspections.release.marts import Mart, read_marts
from pdu_inspections.sql import quoted

READING_ONLY: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
    "lock_configuration": True,
}
"""Settings under which a database's own content can reach neither files nor the network."""

_LONGEST_SECONDS = 3600
_FORMULA = r"^[=+\-@\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]"
_NUMBER_LIKE = r"^[-+]?[0-9][0-9.,]*%?$"


def open_for_reading(database: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection without access to anything but the file."""
    return duckdb.connect(str(database), read_only=True, config=READING_ONLY)


class Audit:
    """A running audit: begun while the last files are made safe, asked for its verdict afterwards."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pdu_inspections.release.audit", str(database)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=child_environment(database.parent),
            text=True,
        )

    def __enter__(self) -> Audit:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def compare(self, built: list[Mart]) -> None:
        """Raise BuildError unless the file holds exactly the marts that dbt built, and nothing else."""
        try:
            output, errors = self._process.communicate(timeout=_LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            raise _failed([f"the file could not be read within {_LONGEST_SECONDS} seconds"]) from None
        if self._process.returncode != 0:
            raise _failed([f"the file cannot be read: {(errors.strip() or 'reader died').splitlines()[-1]}"])
        found = json.loads(output)
        problems = [*found["problems"], *_differences(built, found["marts"])]
        if self._database.with_name(f"{DATABASE_NAME}.wal").exists():
            problems.append("a write-ahead log is left beside the file")
        if problems:
            raise _failed(problems)


def _failed(problems: list[str]) -> BuildError:
    return BuildError(
        ExitCode.BUILD_FAILED, "\n".join(["the audit refused the file", *(f"  {text}" for text in problems)])
    )


def _differences(built: list[Mart], found: dict[str, list[Any]]) -> list[str]:
    expected = {mart.name: [mart.rows_n, mart.content_hash] for mart in built}
    return [
        f"{name}: dbt built {expected.get(name)}, the file holds {found.get(name)} (rows, content hash)"
        for name in sorted(expected.keys() | found.keys())
        if expected.get(name) != found.get(name)
    ]


def examine(database: Path) -> dict[str, Any]:
    """Marts with row count and content hash, and what may not be in a published file."""
    with open_for_reading(database) as connection:
        name = database.stem
        marts = read_marts(connection, name)
        return {
            "marts": {mart.name: [mart.rows_n, mart.content_hash] for mart in marts},
            "problems": [
                *_later_formats(connection, name),
                *_foreign_objects(connection, name),
                *_formulas(connection, marts),
            ],
        }


def _later_formats(connection: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    """A storage format that the oldest of the supported clients cannot read."""
    row = connection.execute(
        "select tags['storage_version'] from duckdb_databases() where database_name = ?", [database]
    ).fetchone()
    found = row[0] if row else None
    return [] if found == f"{STORAGE_VERSION}+" else [f"storage version is {found}; {STORAGE_VERSION} is published"]


def _foreign_objects(connection: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    views = connection.execute(
        "select view_name from duckdb_views() where database_name = ? and not internal", [database]
    ).fetchall()
    tables = connection.execute(
        "select schema_name || '.' || table_name from duckdb_tables() "
        "where database_name = ? and schema_name <> 'main'",
        [database],
    ).fetchall()
    return [f"view {name}: marts are tables" for (name,) in views] + [
        f"{name}: only schema main is published" for (name,) in tables
    ]


def _formulas(connection: duckdb.DuckDBPyConnection, marts: list[Mart]) -> list[str]:
    """Text that a spreadsheet would run once the CSV is opened in it."""
    problems = []
    for mart in marts:
        texts = [column.name for column in mart.columns if column.sql_type == "VARCHAR"]
        condition = " or ".join(
            f"(regexp_matches({quoted(n)}, '{_FORMULA}') and not regexp_matches({quoted(n)}, '{_NUMBER_LIKE}'))"
            for n in texts
        )
        if condition:
            row = connection.execute(f"select count(*) from {quoted(mart.name)} where {condition}").fetchone()
            if row is not None and row[0]:
                problems.append(f"{mart.name}: {row[0]} rows with text that a spreadsheet would run as a formula")
    return problems


if __name__ == "__main__":
    print(json.dumps(examine(Path(sys.argv[1]))))
