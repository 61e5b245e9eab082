"""A release directory: the DuckDB file of the marts, other forms of them, the record, the value diff, checksums."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import duckdb

from pdu_inspections.project import DATABASE_NAME
from pdu_inspections.release.diff import TableDiff
from pdu_inspections.release.exports.attribution import ATTRIBUTION_NAME, CITATION_NAME, attribution, citation
from pdu_inspections.release.exports.datacontract import DATACONTRACT_NAME, datacontract
from pdu_inspections.release.exports.datapackage import DATAPACKAGE_NAME, datapackage
from pdu_inspections.release.inputs import sha256_of
from pdu_inspections.release.marts import Mart
from pdu_inspections.release.records import RECORD_NAME, BuildRecord, write_ops_tables
from pdu_inspections.sql import literal, quoted, quoted_list

CHECKSUMS_NAME = "SHA256SUMS"
DIFF_NAME = "value_diff.json"
STORAGE = "storage_version 'v1.4.0', block_size 16384"
"""Readable by DuckDB 1.4 and later; the smallest blocks, since every small table takes whole ones."""

NEW = "pdu_inspections"
BUILT = "built"
CURRENT = "current_release"
HISTORY = "newest_release"


@contextmanager
def working_connection(built: Path, target: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with dbt's database attached as `built`, read only, and a new file as `pdu_inspections`."""
    with duckdb.connect() as connection:
        attach(connection, built, BUILT)
        connection.execute(f"attach {literal(target)} as {NEW} ({STORAGE})")
        yield connection


def attach(connection: duckdb.DuckDBPyConnection, database: Path, name: str) -> None:
    """Attach a database for reading."""
    connection.execute(f"attach {literal(database)} as {name} (read_only)")


def copy_marts(connection: duckdb.DuckDBPyConnection, marts: list[Mart]) -> None:
    """Copy schema main with its comments, keys and macros; rows in the order of their keys, so that files are alike."""
    connection.execute(f"copy from database {BUILT} to {NEW} (schema)")
    schemas = connection.execute(
        "select schema_name from duckdb_schemas() where database_name = ? and not internal and schema_name <> 'main'",
        [NEW],
    ).fetchall()
    for (schema,) in schemas:
        connection.execute(f"drop schema {NEW}.{quoted(schema)} cascade")
    for mart in marts:
        table = f"main.{quoted(mart.name)}"
        connection.execute(f"insert into {NEW}.{table} from {BUILT}.{table} order by {quoted_list(mart.order)}")


def finish_database(connection: duckdb.DuckDBPyConnection, record: BuildRecord, history: str | None) -> None:
    """Add the ops_ tables, and leave nothing in the log beside the file."""
    write_ops_tables(connection, NEW, record, history)
    connection.execute(f"checkpoint {NEW}")
    connection.execute("use memory")
    connection.execute(f"detach {NEW}")


def write_exports(connection: duckdb.DuckDBPyConnection, directory: Path, marts: list[Mart]) -> None:
    """Every mart as Parquet and as CSV (UTF-8, header, empty for no value), from dbt's database."""
    for name in ("parquet", "csv"):
        (directory / name).mkdir()
    for mart in marts:
        rows = f"(from {BUILT}.main.{quoted(mart.name)} order by {quoted_list(mart.order)})"
        parquet = directory / "parquet" / f"{mart.name}.parquet"
        connection.execute(f"copy {rows} to {literal(parquet)} (format parquet, compression zstd)")
        connection.execute(f"copy {rows} to {literal(directory / 'csv' / f'{mart.name}.csv')} (format csv, header)")


def write_record(directory: Path, record: BuildRecord) -> None:
    """build.json, the descriptor of the CSVs, the data contract, how to cite it, and the value diff with its rows."""
    diff = {
        "build_id": record.build_id,
        "previous_build_id": record.previous_build_id,
        "tables": [_diff_content(table) for table in record.diffs if not table.is_empty],
    }
    texts = {
        RECORD_NAME: record.as_json(),
        DATAPACKAGE_NAME: datapackage(record),
        DATACONTRACT_NAME: datacontract(record),
        CITATION_NAME: citation(record),
        ATTRIBUTION_NAME: attribution(),
        DIFF_NAME: json.dumps(diff, indent=1) + "\n",
    }
    for name, text in texts.items():
        (directory / name).write_text(text, encoding="utf-8")


def seal(directory: Path, step: Callable[[str], None]) -> None:
    """Checksums, read-only files, everything on disk: the last thing done to a release before it gets its name."""
    step("write checksums")
    lines = [f"{sha256_of(path)}  {path.relative_to(directory).as_posix()}\n" for path in _files(directory)]
    (directory / CHECKSUMS_NAME).write_text("".join(lines), encoding="utf-8")
    step("sync files")
    for path in _files(directory):
        path.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        sync(path)
    for path in (*(path for path in directory.rglob("*") if path.is_dir()), directory):
        sync(path)


def sync(path: Path) -> None:
    """Wait until a file or directory is on disk. Windows cannot open directories: there it is left to the system."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def damage(directory: Path) -> str | None:
    """What is wrong with a release's files; None where all are there, as published, and no foreign log lies by."""
    log = directory / f"{DATABASE_NAME}.wal"
    if log.exists():
        return f"{log.name} lies beside the database, where readers would replay it"
    try:
        lines = (directory / CHECKSUMS_NAME).read_text(encoding="utf-8").splitlines()
        for line in lines:
            checksum, _, name = line.partition("  ")
            if sha256_of(directory / name) != checksum:
                return f"{name} is not as it was published"
    except (OSError, ValueError) as error:
        return f"cannot be read: {error}"
    if not any(line.endswith(f"  {DATABASE_NAME}") for line in lines):
        return f"no checksum of {DATABASE_NAME}"
    return None


def _files(directory: Path) -> list[Path]:
    return sorted(path for path in directory.rglob("*") if path.is_file())


def _diff_content(table: TableDiff) -> dict[str, object]:
    content = asdict(table)
    content["rows_listed_n"] = len(table.rows)
    return content
