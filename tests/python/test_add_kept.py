"""SQL that dbt compiled for an addition and the next one uses: only while everything that made it is the same."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from pdu_inspections.add.kept import READ_BY_DBT, SETTINGS, KeptSql
from pdu_inspections.build.progress import Progress
from pdu_inspections.project import Project

VARIABLES = {"report_tables": "/corpus"}
MODEL = "models/ratings.sql"
SEED = "seeds/ratings.csv"
MANIFEST = "target/manifest.json"
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
    for path, text in ((MODEL, "select 1"), (SEED, "rating,points\nGood,2\nInadequate,\n")):
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
    (tmp_path / MANIFEST).write_text(json.dumps({"nodes": made}), encoding="utf-8")
    return tmp_path


def configure(world: Path, key: str, **config: Any) -> None:
    manifest = json.loads((world / MANIFEST).read_text(encoding="utf-8"))
    manifest["nodes"][key]["config"] |= config
    (world / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def kept(world: Path, **variables: str) -> KeptSql:
    return KeptSql(Project(world), world / "target", world / "small.duckdb", VARIABLES | variables)


def test_tables_are_made_as_dbt_makes_them(world: Path) -> None:
    assert not kept(world).make(Progress()), "nothing is kept before a build of dbt has passed"
    kept(world).keep()

    assert kept(world).make(Progress())

    with duckdb.connect(str(world / "small.duckdb"), read_only=True) as connection:
        assert connection.execute("from scale order by rating").fetchall() == [("Good", 2), ("Inadequate", None)]
        assert connection.execute("select table_name from duckdb_tables()").fetchall() == [("ratings",), ("scale",)]


def test_other_code_variables_or_environment_are_for_dbt(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(world).keep()
    assert not kept(world, report_tables="/elsewhere").make(Progress())
    with monkeypatch.context() as changed:
        changed.setenv("PDU_MEMORY_LIMIT", "1GiB")
        assert not kept(world).make(Progress())
    for path in (world / MODEL, world / SEED):
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}\n", encoding="utf-8")
        assert not kept(world).make(Progress()), path
        path.write_text(text, encoding="utf-8")
    assert kept(world).make(Progress())


def test_what_changed_while_dbt_built_is_not_kept(world: Path) -> None:
    begun = kept(world)
    (world / MODEL).write_text("select 2", encoding="utf-8")
    begun.keep()
    (world / MODEL).write_text("select 1", encoding="utf-8")
    assert not kept(world).make(Progress())


@pytest.mark.parametrize("damage", [lambda held: held[:-7], lambda held: held.replace(b"> 3", b"> 4"), lambda _: b""])
def test_a_damaged_file_is_for_dbt(world: Path, damage: Callable[[bytes], bytes]) -> None:
    kept(world).keep()
    path = world / "target" / "kept.json"
    path.write_bytes(damage(path.read_bytes()))
    assert not kept(world).make(Progress())
    path.unlink()
    assert not kept(world).make(Progress())


def test_what_dbt_leaves_later_changes_nothing_that_is_kept(world: Path) -> None:
    kept(world).keep()
    (world / MANIFEST).write_text("{}", encoding="utf-8")
    assert kept(world).make(Progress())


@pytest.mark.parametrize(
    ("key", "config"),
    [
        ("d", {"fail_calc": "sum(points)"}),
        ("d", {"error_if": "> 10"}),
        ("d", {"limit": 1}),
        ("d", {"store_failures": True}),
        ("c", {"post-hook": [{"sql": "delete from scale"}]}),
        ("c", {"materialized": "incremental"}),
        ("a", {"delimiter": ";"}),
    ],
)
def test_configurations_the_client_does_not_follow_are_for_dbt(world: Path, key: str, config: dict[str, Any]) -> None:
    configure(world, key, **config)
    kept(world).keep()
    assert not kept(world).make(Progress())


def test_seeds_have_the_types_of_their_configuration(world: Path) -> None:
    configure(world, "a", column_types={"rating": "varchar", "points": "smallint"})
    kept(world).keep()
    assert kept(world).make(Progress())
    with duckdb.connect(str(world / "small.duckdb"), read_only=True) as connection:
        assert connection.execute("select typeof(points) from ratings limit 1").fetchone() == ("SMALLINT",)
    configure(world, "a", column_types={"rating": "varchar"})
    kept(world).keep()
    assert not kept(world).make(Progress()), "dbt guesses the types of other columns"


@pytest.mark.parametrize("row", [b"Great,4", b"\xff,1"], ids=["a failing test", "a seed that cannot be read"])
def test_what_fails_is_left_to_dbt(world: Path, row: bytes) -> None:
    (world / SEED).write_bytes(b"rating,points\n" + row + b"\n")
    kept(world).keep()
    assert not kept(world).make(Progress())
    assert not (world / "small.duckdb").exists()


def test_the_client_is_set_as_dbt_is(project_root: Path) -> None:
    profiles = yaml.safe_load((project_root / "profiles" / "profiles.yml").read_text(encoding="utf-8"))
    profile = profiles["pdu_inspections"]["outputs"]["dev"]
    assert profile.keys() == {"type", "path", "schema", "threads", "config_options"}
    assert profile["config_options"] == SETTINGS


def test_nothing_else_is_read_from_the_environment(project_root: Path) -> None:
    read = set()
    for tree in ("models", "macros", "tests/generic", "tests/consistency", "profiles", "dbt_project.yml"):
        for path in [project_root / tree, *(project_root / tree).rglob("*")]:
            if path.suffix in (".sql", ".yml"):
                read |= set(re.findall(r"env_var\(\s*['\"](\w+)", path.read_text(encoding="utf-8")))
    assert read
    assert {name for name in read if not name.startswith(READ_BY_DBT)} == set()
