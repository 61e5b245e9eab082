"""SQL that dbt compiled for an addition and the next one uses: only while everything that made it is the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pdu_inspections.add.kept import KeptSql
from pdu_inspections.project import Project

VARIABLES = {"report_tables": "/corpus"}
MODEL = "models/ratings.sql"
CONFIG = {
    "pre-hook": [], "post-hook": [], "delimiter": ",", "column_types": {"rating": "varchar", "points": "varchar"},
    "fail_calc": "count(*)", "warn_if": "!= 0", "error_if": "!= 0", "limit": None, "store_failures": False,
}  # fmt: skip


def node(kind: str, name: str, sql: str = "", needs: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    config = CONFIG | {"materialized": more.pop("materialized", kind), "contract": {"enforced": "columns" in more}}
    return {
        "resource_type": kind, "name": name, "alias": name, "schema": "main", "compiled_code": sql, "config": config,
        "original_file_path": f"seeds/{name}.csv", "depends_on": {"nodes": list(needs)}, "columns": {},
    } | more  # fmt: skip


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A project of a seed, a view, a table with a contract and a test, and what dbt leaves of it."""
    for path, text in ((MODEL, "select 1"), ("seeds/ratings.csv", "rating,points\nGood,2\nInadequate,\n")):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_text(text, encoding="utf-8")
    columns = {name: {"name": name, "data_type": kind} for name, kind in (("rating", "varchar"), ("points", "integer"))}
    made = {
        "d": node("test", "points_are_known", "select * from main.scale where points > 3", ("c",)),
        "c": node(
            "model",
            "scale",
            "select try_cast(points as integer) as points, rating from main.typed",
            ("b",),
            columns=columns,
            materialized="table",
        ),
        "b": node("model", "typed", "select * from main.ratings", ("a",), materialized="view"),
        "a": node("seed", "ratings"),
    }
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "manifest.json").write_text(json.dumps({"nodes": made}), encoding="utf-8")
    return tmp_path


def kept(world: Path, **variables: str) -> KeptSql:
    return KeptSql(Project(world), world / "target", world / "small.duckdb", VARIABLES | variables)


def test_tables_are_made_as_dbt_makes_them(world: Path) -> None:
    assert not kept(world).make(), "nothing is kept before a build of dbt has passed"
    kept(world).keep()

    assert kept(world).make()

    with duckdb.connect(str(world / "small.duckdb"), read_only=True) as connection:
        assert connection.execute("from scale order by rating").fetchall() == [("Good", 2), ("Inadequate", None)]
        assert connection.execute("select table_name from duckdb_tables()").fetchall() == [("ratings",), ("scale",)]


def test_other_code_variables_or_environment_are_for_dbt(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(world).keep()
    assert not kept(world, report_tables="/elsewhere").make()
    with monkeypatch.context() as changed:
        changed.setenv("PDU_MEMORY_LIMIT", "1GiB")
        assert not kept(world).make()
    text = (world / MODEL).read_text(encoding="utf-8")
    (world / MODEL).write_text(f"{text} -- changed", encoding="utf-8")
    assert not kept(world).make()
    (world / MODEL).write_text(text, encoding="utf-8")
    assert kept(world).make()


@pytest.mark.parametrize("name", ["manifest.json", "kept.json"])
def test_damaged_files_are_for_dbt(world: Path, name: str) -> None:
    kept(world).keep()
    path = world / "target" / name
    path.write_bytes(path.read_bytes()[:-7])
    assert not kept(world).make()
    path.unlink()
    assert not kept(world).make()


@pytest.mark.parametrize("row", [b"Great,4", b"\xff,1"], ids=["a failing test", "a seed that cannot be read"])
def test_what_fails_is_left_to_dbt(world: Path, row: bytes) -> None:
    (world / "seeds" / "ratings.csv").write_bytes(b"rating,points\n" + row + b"\n")
    kept(world).keep()
    assert not kept(world).make()
    assert not (world / "small.duckdb").exists()
