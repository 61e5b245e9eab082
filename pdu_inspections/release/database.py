"""The release's DuckDB file: the marts copied from the database that dbt made, and the ops_ tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pdu_inspections.release.marts import Mart
from pdu_inspections.release.records import BuildRecord, write_ops_tables
from pdu_inspections.sql import literal, quoted, quoted_list

STORAGE_VERSION = "v1.4.0"
"""Readable by DuckDB 1.4 and later, whatever the format of the file that dbt built."""
STORAGE = f"storage_version '{STORAGE_VERSION}', block_size 16384"
"""The smallest blocks, since every small table takes whole ones."""

NEW = "pdu_inspections"
BUILT = "built"
CURRENT = "current_release"
HISTORY = "newest_release"


@contextmanager
def open_working_connection(built: Path, target: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with dbt's database attached as `built`, read only, and a new file as `pdu_inspections`."""
    with duckdb.connect() as connection:
        attach(connection, built, BUILT)
        connection.execute(f"attach {literal(target)} as {NEW} ({STORAGE})")
        yield connection


def attach(connection: duckdb.DuckDBPyConnection, database: Path, name: str) -> None:
    """Attach a database for reading."""
    connection.execute(f"attach {literal(database)} as {name} (read_only)")


def copy_marts(connection: duckdb.DuckDBPyConnection, marts: list[Mart]) -> None:
    """Copy schema main with its comments, keys and macros; rows in the order of their keys."""
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
