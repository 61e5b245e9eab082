"""The work of every model and data test grows with the corpus, not with its square."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pdu_inspections.project import DATABASE_NAME
from tests.support.compiled_sql import build_database
from tests.support.copies import write

pytestmark = pytest.mark.slow

SMALL, TIMES = 60, 4
NESTED_LOOPS = {"BLOCKWISE_NL_JOIN", "CROSS_PRODUCT", "NESTED_LOOP_JOIN"}


def test_four_times_the_inspections_are_at_most_six_times_the_work(
    compiled_over: Callable[[Path], dict[str, Any]], tmp_path: Path, project_root: Path
) -> None:
    small, large = (
        dict(work(compiled_over, tmp_path / str(inspections), inspections, project_root))
        for inspections in (SMALL, SMALL * TIMES)
    )
    assert len(large) > 200
    grown = {name: (small[name], rows) for name, rows in large.items() if rows > 6 * small[name] + 10_000}
    assert not grown, grown


def test_a_join_of_everything_with_everything_is_work_of_the_square(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute("create table one as from range(1000) as t (n); create table other as from one")
        assert rows_handled(connection, "select * from one inner join other using (n)") < 10_000
        for condition in ("one.n % 7 = other.n % 7", "one.n + other.n = 5"):
            assert rows_handled(connection, f"select * from one inner join other on {condition}") > 100_000


def work(
    compiled_over: Callable[[Path], dict[str, Any]], directory: Path, inspections: int, project_root: Path
) -> Iterator[tuple[str, int]]:
    """Rows that each table and data test handles over so many inspections."""
    write(directory / "corpus", inspections)
    manifest = compiled_over(directory / "corpus")
    database = directory / DATABASE_NAME
    assert build_database(manifest, database, project_root) == []
    with duckdb.connect(str(database)) as connection:
        for node in manifest["nodes"].values():
            if node["resource_type"] == "test" or node["config"]["materialized"] == "table":
                yield node["name"], rows_handled(connection, node["compiled_code"])


def rows_handled(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    """Rows that leave each operator of the query's plan, and pairs that a nested loop compares."""
    connection.execute("set explain_output = 'all'")
    row = connection.execute(
        f"explain (analyze, format json) create or replace temp table handled as {query}"
    ).fetchone()
    assert row is not None
    return sum(rows_of(json.loads(row[1])))


def rows_of(operator: dict[str, Any]) -> Iterator[int]:
    """Rows of an operator and of all below it."""
    below = operator.get("children", [])
    yield int(operator.get("operator_cardinality", 0))
    if operator.get("operator_name", "").strip() in NESTED_LOOPS:
        one, other = (int(child.get("operator_cardinality", 0)) for child in below[:2])
        yield one * other
    for child in below:
        yield from rows_of(child)
