"""The project's own ways of making views, tables and tests on DuckDB, in a project of a few models."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pdu_inspections.build.compiled import in_order, make
from warehouse import ROOT

_PROJECT = """name: few
version: "1.0.0"
config-version: 2
profile: pdu_inspections
flags: {send_anonymous_usage_stats: false}
models:
  +persist_docs: {relation: true, columns: true}
seeds:
  +column_types: {word: varchar, note: varchar}
"""
_SCHEMA = """version: 2
models:
  - name: score
    description: What's printed; per body.
    config: {contract: {enforced: true}, materialized: table, post_hook: "create or replace table hooked as select 1"}
    columns:
      - {name: body, data_type: varchar, description: The body's id., constraints: [{type: not_null}]}
      - {name: points, data_type: integer, constraints: [{type: check, expression: points >= 0}]}
unit_tests:
  - name: points_are_doubled
    model: score
    given:
      - input: ref('printed')
        rows: [{points: 2}, {body: it's, points: 3}]
    expect:
      rows: [{body: null, points: 4}, {body: it's, points: 6}]
"""
_PRINTED = "select cast('a' as varchar) as body, cast('2024-01-01' as date) as printed_on, 1 as points"
_SCORE = "select 2 * points as points, body from {{ ref('printed') }}"
_TEST = "select body from {{ ref('score') }} where points > 2"


class Few:
    """The project, to be changed and built again."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.database = directory / "few.duckdb"
        shutil.copytree(ROOT / "macros" / "materializations", directory / "macros")
        self.write("dbt_project.yml", _PROJECT)
        self.write("models/schema.yml", _SCHEMA)
        self.write("models/printed.sql", _PRINTED)
        self.write("models/score.sql", _SCORE)
        self.write("tests/few_points.sql", _TEST)
        self.write("seeds/words.csv", "word,note\n007,null\n")

    def write(self, name: str, text: str) -> None:
        path = self.directory / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def build(self, *arguments: str) -> dict[str, dict[str, Any]]:
        """Results by name of node."""
        subprocess.run(
            [
                str(Path(sys.executable).with_name("dbt")), "--quiet", "build", "--project-dir", str(self.directory),
                "--profiles-dir", str(ROOT / "profiles"), *arguments,
            ],
            cwd=self.directory,
            env={**os.environ, "PDU_DATABASE_PATH": str(self.database)},
            capture_output=True,
            check=False,
        )  # fmt: skip
        results = json.loads((self.directory / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
        return {result["unique_id"].split(".")[-1]: result for result in results}

    def ask(self, query: str) -> list[Any]:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Few:
    few = Few(tmp_path_factory.mktemp("few"))
    results = few.build()
    assert {result["status"] for result in results.values()} == {"success", "pass"}, results
    return few


@pytest.fixture
def few(made: Few, tmp_path: Path) -> Few:
    """A copy of the built project."""
    directory = tmp_path / "few"
    shutil.copytree(made.directory, directory)
    copy = object.__new__(Few)
    copy.directory, copy.database = directory, directory / made.database.name
    return copy


def test_a_table_has_the_constraints_and_comments_of_its_contract(made: Few) -> None:
    assert made.ask("select * from score") == [("a", 2)]
    assert made.ask("select comment from duckdb_tables() where table_name = 'score'") == [
        ("What's printed; per body.",)
    ]
    columns = "select column_name, is_nullable, comment from duckdb_columns() where table_name = 'score'"
    assert made.ask(columns) == [("body", False, "The body's id."), ("points", True, None)]
    assert made.ask("select count(*) from duckdb_constraints() where constraint_type = 'CHECK'") == [(1,)]
    assert made.ask("select * from hooked") == [(1,)]


@pytest.mark.parametrize(
    ("sql", "complaint"),
    [
        ("select body, cast(points as bigint) as points from {{ ref('printed') }}", "points is BIGINT, not INTEGER"),
        ("select body from {{ ref('printed') }}", "points is missing, not INTEGER"),
        ("select * from {{ ref('printed') }}", "printed_on is DATE, not promised"),
        ("select cast(null as varchar) as body, 1 as points", "NOT NULL constraint failed: score.body"),
        ("select 'a' as body, -1 as points", "CHECK constraint failed"),
    ],
)
def test_a_table_that_breaks_its_contract_fails_and_leaves_the_old_one(few: Few, sql: str, complaint: str) -> None:
    few.write("models/score.sql", sql)
    result = few.build("--exclude-resource-type", "unit_test")["score"]
    assert result["status"] == "error"
    assert complaint in result["message"]
    assert few.ask("select * from score") == [("a", 2)]


def test_texts_that_nearly_all_differ_are_compressed_as_the_benchmark_says(few: Few) -> None:
    shutil.copy(ROOT / "macros" / "contracts.sql", few.directory / "macros")
    columns = {"word": "varchar", "locator": "varchar", "citation_id": "varchar", "n": "integer"}
    contract = ", ".join(f"{{name: {name}, data_type: {kind}}}" for name, kind in columns.items())
    few.write(
        "models/cited.yml",
        "models: [{name: contracted, config: {materialized: table, contract: {enforced: true}}, "
        f"columns: [{contract}]}}, {{name: plain, config: {{materialized: table}}}}]",
    )
    for name in ("contracted", "plain"):
        few.write(f"models/{name}.sql", "select 'a:L1:C1' as citation_id, 'in a' as locator, 'a' as word, 1 as n")
    results = few.build("--select", "contracted", "plain", "--vars", "{report_tables: corpus}")
    assert {result["status"] for result in results.values()} == {"success"}, results
    manifest = json.loads((few.directory / "target" / "manifest.json").read_text(encoding="utf-8"))
    alone = few.directory / "alone" / few.database.name
    alone.parent.mkdir()
    with duckdb.connect(str(alone), config={"storage_compatibility_version": "v1.4.0"}) as connection:
        for node in in_order(manifest):
            if node["name"] in results:
                make(connection, node, few.directory, compressed=True)

    for database in (few.database, alone):
        with duckdb.connect(str(database), read_only=True) as connection:
            for name in ("contracted", "plain"):
                stored = connection.execute(
                    f"select column_name, compression from pragma_storage_info('{name}') "
                    "where segment_type <> 'VALIDITY'"
                ).fetchall()
                assert sorted(column for column, compression in stored if compression == "ZSTD") == [
                    "citation_id", "locator"
                ], stored  # fmt: skip


def test_views_and_tables_replace_each_other(few: Few) -> None:
    few.write("models/schema.yml", "models: [{name: score, config: {materialized: view}}]")
    few.write("models/printed.sql", "{{ config(materialized='table') }}" + _PRINTED)
    results = few.build()
    assert {result["status"] for result in results.values()} == {"success", "pass"}, results
    kinds = dict(few.ask("select table_name, table_type from information_schema.tables"))
    assert (kinds["printed"], kinds["score"]) == ("BASE TABLE", "VIEW")


def test_a_seed_is_loaded_as_its_csv_stands(few: Few) -> None:
    assert few.ask("select * from words") == [("007", "null")]
    few.write("seeds/words.csv", 'word,more,note\n007,1,null\n"it\'s, ""so""",2,\n')
    assert few.build("--select", "words")["words"]["message"] == "INSERT 2"
    assert few.ask("select * from words") == [("007", 1, "null"), ('it\'s, "so"', 2, None)]
    few.write("seeds/words.csv", "word,more,note\n007,1\n")
    assert few.build("--select", "words")["words"]["status"] == "error"
    assert few.ask("select count(*) from words") == [(2,)]
    few.write("seeds/words.csv", "word\n")
    assert few.build("--select", "words")["words"]["status"] == "success"
    assert few.ask("select word from words") == []


def test_a_data_test_counts_and_stores_its_failures(few: Few) -> None:
    few.write("tests/few_points.sql", _TEST.replace("> 2", "= 2"))
    assert few.build()["few_points"]["failures"] == 1
    assert few.build("--store-failures")["few_points"]["status"] == "fail"
    assert few.ask("select * from main_dbt_test__audit.few_points") == [("a",)]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("points: 6", "points: 7", "differs from"),
        ("{body: null, points: 4}, ", "", "differs from"),
        ("{points: 2}", "{points: two}", "Could not convert string 'two' to INT32"),
        ("{points: 2}", "{place: 2}", "Invalid column name: 'place' in unit test fixture for 'printed'"),
    ],
)
def test_a_unit_test_fails_on_other_rows_and_on_fixtures_that_do_not_fit(
    few: Few, old: str, new: str, complaint: str
) -> None:
    assert old in _SCHEMA
    few.write("models/schema.yml", _SCHEMA.replace(old, new, 1))
    assert complaint in few.build()["points_are_doubled"]["message"]
