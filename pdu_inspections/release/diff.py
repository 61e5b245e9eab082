"""What a new release changes: rows added, removed and changed against the release before, by primary key."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from pdu_inspections.release.marts import Mart
from pdu_inspections.sql import quoted

ROWS_SHOWN = 1000
CITATION = "citation_id"


@dataclass(frozen=True)
class RowChange:
    """A row that differs: its key, and for each changed column the value before and after.

    why: the reason of the correction of its figure, if there is one.
    """

    change: str
    key: dict[str, str | None]
    values: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableDiff:
    """Differences of one table. The first rows are listed; counts are of all."""

    table_name: str
    added_n: int
    removed_n: int
    changed_n: int
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()
    rows: tuple[RowChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the table is the same as before."""
        return not (self.added_n or self.removed_n or self.changed_n or self.columns_added or self.columns_removed)

    def __str__(self) -> str:
        return f"{self.table_name}: {self.added_n} rows added, {self.removed_n} removed, {self.changed_n} changed"

    def counts(self) -> dict[str, Any]:
        """The counts alone."""
        return {
            "table_name": self.table_name,
            "rows_added_n": self.added_n,
            "rows_removed_n": self.removed_n,
            "rows_changed_n": self.changed_n,
        }


def read_corrections(path: Path) -> dict[str, str]:
    """Reasons of corrections by citation; none where the project has no corrections."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row[CITATION]: row["reason"] for row in csv.DictReader(file)}


@dataclass(frozen=True)
class Comparison:
    """Two databases attached to one connection, by name, and the reasons of corrections by citation."""

    connection: duckdb.DuckDBPyConnection
    new: str
    old: str
    corrections: Mapping[str, str]

    def compare_tables(self, marts: Sequence[Mart], before: Sequence[Mart]) -> list[TableDiff]:
        """Differences of every table."""
        earlier = {mart.name: mart for mart in before}
        diffs = [self._compare_table(mart, earlier.pop(mart.name, None)) for mart in marts]
        gone = [TableDiff(mart.name, 0, mart.rows_n, 0, (), mart.column_names) for mart in earlier.values()]
        return diffs + gone

    def _compare_table(self, mart: Mart, before: Mart | None) -> TableDiff:
        if before is None:
            return TableDiff(mart.name, mart.rows_n, 0, 0, mart.column_names)
        if mart.content_hash == before.content_hash:
            return TableDiff(mart.name, 0, 0, 0)
        columns_added = tuple(name for name in mart.column_names if name not in before.column_names)
        columns_removed = tuple(name for name in before.column_names if name not in mart.column_names)
        if mart.key != before.key:
            return TableDiff(mart.name, mart.rows_n, before.rows_n, 0, columns_added, columns_removed)
        common = [name for name in mart.column_names if name in before.column_names]
        key = [name for name in mart.order if name in common]
        counts, rows = self._differing(mart.name, key, common)
        return TableDiff(
            mart.name,
            counts.get("added", 0),
            counts.get("removed", 0),
            counts.get("changed", 0),
            columns_added,
            columns_removed,
            tuple(self._row_change(row, key, common) for row in rows),
        )

    def _differing(self, table: str, key: list[str], common: list[str]) -> tuple[dict[str, int], list[tuple[Any, ...]]]:
        """How many rows differ in which way, and the first of them with before and after of every common column."""
        same_key = " and ".join(f"n.{quoted(name)} is not distinct from o.{quoted(name)}" for name in key)
        differs = " or ".join(f"n.{quoted(name)} is distinct from o.{quoted(name)}" for name in common)
        values = ", ".join(f"o.{quoted(name)}::varchar, n.{quoted(name)}::varchar" for name in common)
        order = ", ".join(f"coalesce(n.{quoted(name)}::varchar, o.{quoted(name)}::varchar)" for name in key)
        change = "case when o._side is null then 'added' when n._side is null then 'removed' else 'changed' end"
        differing = (
            f"from (select 1 as _side, * from {self.new}.main.{quoted(table)}) n "
            f"full join (select 1 as _side, * from {self.old}.main.{quoted(table)}) o on {same_key} "
            f"where n._side is null or o._side is null or {differs}"
        )
        counts = self.connection.execute(f"select {change}, count(*) {differing} group by all").fetchall()
        rows = self.connection.execute(
            f"select {change}, {values} {differing} order by {order} limit {ROWS_SHOWN}"
        ).fetchall()
        return dict(counts), rows

    def _row_change(self, row: tuple[Any, ...], key: list[str], common: list[str]) -> RowChange:
        pairs = {name: (row[1 + 2 * index], row[2 + 2 * index]) for index, name in enumerate(common)}
        identity = {name: pairs[name][1] if pairs[name][1] is not None else pairs[name][0] for name in key}
        values = {name: pair for name, pair in pairs.items() if name not in key and pair[0] != pair[1]}
        citations = pairs.get(CITATION, (None, None))[::-1]
        reasons = [self.corrections[name] for name in citations if name in self.corrections]
        return RowChange(row[0], identity, values, tuple(f"correction: {reason}" for reason in reasons[:1]))
