"""Marts in a DuckDB file: what they are, and what they hold, as a hash that the order of rows does not change."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

from pdu_inspections.sql import quoted


@dataclass(frozen=True)
class MartColumn:
    """A column: name, SQL type, comment, and whether every row has a value in it."""

    name: str
    sql_type: str
    comment: str
    is_required: bool = False


@dataclass(frozen=True)
class Mart:
    """A published table: its primary key, columns, row count and content hash.

    references: for each column that refers to another table, that table and its column; known from dbt's tests, the
    file does not hold them. values_n: for each column, how many rows have a value in it.
    """

    name: str
    comment: str
    key: tuple[str, ...]
    columns: tuple[MartColumn, ...]
    rows_n: int
    content_hash: str
    references: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    values_n: Mapping[str, int] = field(default_factory=dict)

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names in the table's order."""
        return tuple(column.name for column in self.columns)

    @property
    def order(self) -> tuple[str, ...]:
        """Columns that put the rows in one order: the key, or else every column."""
        return self.key or self.column_names


def read_marts(connection: duckdb.DuckDBPyConnection, database: str) -> list[Mart]:
    """The tables in schema main of an attached database, by name."""
    tables = connection.execute(
        "select table_name, comment from duckdb_tables() "
        "where database_name = ? and schema_name = 'main' and not starts_with(table_name, 'ops_') order by table_name",
        [database],
    ).fetchall()
    return [_mart(connection, database, name, comment or "") for name, comment in tables]


def _mart(connection: duckdb.DuckDBPyConnection, database: str, name: str, comment: str) -> Mart:
    columns = tuple(
        MartColumn(column, sql_type, text or "", not is_nullable)
        for column, sql_type, text, is_nullable in connection.execute(
            "select column_name, data_type, comment, is_nullable from duckdb_columns() "
            "where database_name = ? and schema_name = 'main' and table_name = ? order by column_index",
            [database, name],
        ).fetchall()
    )
    keys = connection.execute(
        "select constraint_column_names from duckdb_constraints() "
        "where database_name = ? and schema_name = 'main' and table_name = ? and constraint_type = 'PRIMARY KEY'",
        [database, name],
    ).fetchone()
    rows_n, rows_hash, values_n = _content(connection, f"{quoted(database)}.main.{quoted(name)}", columns)
    header = "\n".join(f"{column.name} {column.sql_type}" for column in columns)
    content_hash = hashlib.sha256(f"{header}\n{rows_hash}".encode()).hexdigest()
    return Mart(name, comment, tuple(keys[0]) if keys else (), columns, rows_n, content_hash, values_n=values_n)


def _content(
    connection: duckdb.DuckDBPyConnection, table: str, columns: tuple[MartColumn, ...]
) -> tuple[int, str, dict[str, int]]:
    """Row count, a hash over the rows, and how many values each column has.

    The hash is of the rows' hashes in their own order; each value goes in with its length, so none can shift.
    """
    values = ", ".join(
        f"coalesce(length({quoted(c.name)}::varchar) || ':' || {quoted(c.name)}::varchar, '-')" for c in columns
    )
    counts = ", ".join(f"count({quoted(c.name)})" for c in columns)
    row = connection.execute(
        f"select count(*), sha256(coalesce(string_agg(row_hash, '' order by row_hash), '')), {counts} "
        f"from (select md5(concat({values})) as row_hash, * from {table})"
    ).fetchone()
    assert row is not None
    return int(row[0]), str(row[1]), dict(zip((c.name for c in columns), map(int, row[2:]), strict=True))
