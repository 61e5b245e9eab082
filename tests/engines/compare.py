"""Marts of two engines beside each other: every row as text, numbers to their last digit."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pdu_inspections.release.marts import Mart, read_marts
from pdu_inspections.sql import quoted_list
from tests.engines.engine import Engine, Row

# Types whose text is the whole value. Without doubles there is nothing to compare within a tolerance.
EXACT_TYPES = ("BOOLEAN", "DATE", "DECIMAL", "INTEGER", "VARCHAR")


@dataclass(frozen=True)
class MartParity:
    """A mart on DuckDB and on another engine."""

    name: str
    duckdb_rows_n: int
    other_rows_n: int
    missing: tuple[Row, ...]
    surplus: tuple[Row, ...]
    duckdb_hash: str
    other_hash: str

    @property
    def is_same(self) -> bool:
        """Whether both hold the same rows."""
        return self.duckdb_hash == self.other_hash


def compare(database: Path, engine: Engine) -> list[MartParity]:
    """Every mart of a DuckDB file beside the engine's."""
    with duckdb.connect(str(database), read_only=True) as connection:
        name = connection.execute("select current_database()").fetchall()[0][0]
        return [_compare(connection, mart, engine) for mart in read_marts(connection, name)]


def _compare(connection: duckdb.DuckDBPyConnection, mart: Mart, engine: Engine) -> MartParity:
    for column in mart.columns:
        if not column.sql_type.startswith(EXACT_TYPES):
            raise TypeError(f"{mart.name}.{column.name} is of type {column.sql_type}, which is not compared as text")
    columns = [column.name for column in mart.columns]
    own = connection.execute(
        f"select columns(*)::varchar from (select {quoted_list(columns)} from main.{mart.name})"
    ).fetchall()
    return parity(mart.name, own, engine.rows(mart.name, columns))


def parity(name: str, own: list[Row], others: list[Row]) -> MartParity:
    """The rows of one mart on both engines, in any order."""
    own_counts, other_counts = Counter(own), Counter(others)
    return MartParity(
        name,
        len(own),
        len(others),
        tuple((own_counts - other_counts).elements()),
        tuple((other_counts - own_counts).elements()),
        content_hash(own),
        content_hash(others),
    )


def content_hash(rows: list[Row]) -> str:
    """A hash of the rows whatever their order; each value with its length, so that none can shift."""
    texts = sorted("".join("-" if value is None else f"{len(value)}:{value}" for value in row) for row in rows)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def table(marts: list[MartParity], engine_name: str) -> str:
    """A Markdown table of all marts, and below it the first rows that differ."""
    lines = [
        f"| mart | rows on DuckDB | rows on {engine_name} | rows that differ | content hash |",
        "|---|---:|---:|---:|---|",
    ]
    for mart in marts:
        differing = max(len(mart.missing), len(mart.surplus))
        hashes = mart.duckdb_hash[:12] if mart.is_same else f"{mart.duckdb_hash[:12]}, {mart.other_hash[:12]}"
        lines.append(f"| `{mart.name}` | {mart.duckdb_rows_n} | {mart.other_rows_n} | {differing} | {hashes} |")
    for mart in marts:
        for side, rows in (("DuckDB only", mart.missing), (f"{engine_name} only", mart.surplus)):
            lines += [f"\n{mart.name}, {side}: {row}" for row in rows[:3]]
    same_n = sum(mart.is_same for mart in marts)
    return "\n".join([*lines, "", f"{same_n} of {len(marts)} marts hold the same rows."])
