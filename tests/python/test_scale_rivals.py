"""The benchmark of scale: rivals give the same answers as the marts, and one that fails is told of as such."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from benchmarks.scale import __main__ as scale
from benchmarks.scale import floor
from benchmarks.scale.core import CORE, with_ancestors
from benchmarks.scale.measure import CommandFailed, run
from benchmarks.scale.pandas_core import core_facts, vocabularies
from benchmarks.scale.report import write_report
from benchmarks.scale.same_answers import differences, keys_of
from pdu_inspections.contract import TABLES
from pdu_inspections.project import DATABASE_NAME
from pdu_inspections.sql import literal
from tests.support.generator.write import Corpus, write

INSPECTIONS = 200
BREACHES = 0.1


def generated(directory: Path, project_root: Path) -> None:
    write(directory, Corpus(0, INSPECTIONS, seed=11, breaches=BREACHES))


def shipped(directory: Path, project_root: Path) -> None:
    """The project's own reports: fewer, but of all layouts, with what is on published pages."""
    for table in (table for table in TABLES if table.grows):
        (directory / table.name).mkdir()
        rows = duckdb.read_csv(str(project_root / table.path), all_varchar=True, header=True)
        rows.write_parquet(str(directory / table.name / "part.parquet"))


@pytest.fixture(scope="module", params=[generated, shipped], ids=lambda make: make.__name__)
def corpus(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> Path:
    directory = tmp_path_factory.mktemp("corpus")
    request.param(directory, project_root)
    return directory


def core_marts(manifest: dict[str, Any], directory: Path, project_root: Path) -> Path:
    database = directory / DATABASE_NAME
    nodes = {node["unique_id"]: node for node in with_ancestors(manifest)}
    floor.build({"nodes": nodes}, database, project_root)
    return database


def write_frame(frame: pd.DataFrame, path: Path) -> None:
    """Through DuckDB, since pandas writes Parquet only where pyarrow is installed, and likewise reads it."""
    duckdb.from_df(frame).write_parquet(str(path))


def in_pandas(corpus: Path, directory: Path, project_root: Path) -> None:
    def read(name: str) -> pd.DataFrame:
        return duckdb.read_parquet(str(corpus / name / "*.parquet")).df().astype("str")

    for name, mart in core_facts(read, vocabularies(project_root / "seeds" / "reference")):
        write_frame(mart, directory / f"{name}.parquet")


def test_pandas_gives_every_row_and_column_of_the_core_facts(
    corpus: Path, compiled_over: Callable[[Path], dict[str, Any]], tmp_path: Path, project_root: Path
) -> None:
    manifest = compiled_over(corpus)
    database = core_marts(manifest, tmp_path, project_root)
    in_pandas(corpus, tmp_path, project_root)
    with duckdb.connect(str(database), read_only=True) as connection:
        assert all(connection.table(name).count("*").fetchall()[0][0] for name in CORE)
    assert list(differences(database, tmp_path, keys_of(manifest))) == []


@pytest.fixture
def marts(tmp_path: Path) -> Iterator[Callable[[str], list[str]]]:
    """Differences between a small mart and a query over it."""
    database = tmp_path / DATABASE_NAME
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "create table fct_x as select 'a' || i as id, i::integer as n, (i / 3)::decimal(7, 2) as pct, "
            "nullif('word ' || i, 'word 2') as word from range(1, 5) as r(i)"
        )

    def compare(query: str) -> list[str]:
        with duckdb.connect(str(database), read_only=True) as connection:
            connection.execute(f"copy ({query}) to {literal(tmp_path / 'fct_x.parquet')} (format parquet)")
        return list(differences(database, tmp_path, {"fct_x": ["id"]}))

    yield compare


def test_neither_order_nor_a_decimal_as_a_double_nor_width_is_a_difference(
    marts: Callable[[str], list[str]],
) -> None:
    assert marts("select word, pct::double + 1e-12 as pct, n::bigint as n, id from fct_x order by id desc") == []


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("* replace (if(n > 2, n + 1, n) as n)", "fct_x.n: rows that differ: 2, the first at id a3, mart 3, other 4"),
        ("* replace (pct::double + 1e-6 as pct)", "fct_x.pct: rows that differ: 4, the first at id a1"),
        ("* replace (coalesce(word, '') as word)", "fct_x.word: rows that differ: 1, the first at id a2, mart None"),
        ("* replace (n::double as n)", "fct_x.n: INTEGER in the mart, DOUBLE in the other"),
        ("* exclude (word)", "fct_x.word: only in the mart"),
        ("*, 1 as more", "fct_x.more: only in the other"),
        ("* replace (if(id = 'a4', 'b', id) as id)", "fct_x: rows only in the mart: 1, the first at id a4"),
        ("* replace (if(id = 'a4', 'a3', id) as id)", "fct_x: rows only in the mart: 1, the first at id a4"),
    ],
)
def test_a_difference_names_table_column_and_first_key(
    marts: Callable[[str], list[str]], query: str, told: str
) -> None:
    assert any(said.startswith(told) for said in marts(f"select {query} from fct_x"))


def test_a_row_twice_and_a_table_that_is_not_there_are_differences(
    marts: Callable[[str], list[str]], tmp_path: Path
) -> None:
    assert marts("from fct_x union all (from fct_x limit 1)") == ["fct_x: 4 rows in the mart, 5 in the other"]
    assert list(differences(tmp_path / DATABASE_NAME, tmp_path, {"fct_y": ["id"]})) == ["fct_y: only in the mart"]


@pytest.mark.parametrize(
    ("exit_code", "output", "reason"),
    [
        (-signal.SIGKILL, "reading", "out of memory"),
        (1, "Traceback …\npyarrow.lib.ArrowMemoryError: malloc of size 64 failed\n", "out of memory"),
        (1, "java.lang.OutOfMemoryError: Java heap space\n\tat …", "out of memory"),
        (2, "Traceback …\nKeyError: 'place'\n\n", "exit code 2: KeyError: 'place'"),
        (3, "", "exit code 3"),
    ],
)
def test_why_a_command_failed(exit_code: int, output: str, reason: str) -> None:
    assert CommandFailed(["rival"], exit_code, output).reason == reason


def test_a_command_that_holds_more_memory_than_it_may_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import time; held = b'x' * 2**28; time.sleep(60); print(len(held))"]
    with pytest.raises(CommandFailed) as caught:
        run(command, os.environ, tmp_path, memory_gib=0.1)
    assert caught.value.reason == "out of memory"


def test_a_rival_that_fails_did_not_end_and_anything_else_ends_the_benchmark(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def failing(bench: scale.Bench) -> dict[str, Any]:
        return run([sys.executable, "-c", "raise MemoryError"], bench.environment, tmp_path).as_dict()

    def failing_rival(bench: scale.Bench) -> dict[str, Any]:
        with bench.workspace("rival"), scale.may_fail():
            return failing(bench)

    bench = scale.Bench(5, tmp_path)
    bench.directory.mkdir()
    monkeypatch.setitem(scale.ENGINES, "pandas", failing_rival)
    monkeypatch.setitem(scale.ENGINES, "core", failing)
    assert scale.measured_by("pandas", bench) == {"did_not_end": "out of memory"}
    assert list(bench.directory.iterdir()) == []
    with pytest.raises(SystemExit, match="MemoryError"):
        scale.measured_by("core", bench)


def test_the_report_says_which_rival_did_not_end(tmp_path: Path) -> None:
    core = {"wall_s": 7.2, "busy_s": 10.7, "peak_mib": 694, "load": 2}
    write_report({"1000": {"core": core, "pandas": {"did_not_end": "exit code 1: a | b", "load": 2}}}, tmp_path)
    assert "| core facts: pandas | did not end: exit code 1: a \\| b | | | 2 |" in (tmp_path / "scale.md").read_text()
    assert "core facts: pandas" not in (tmp_path / "scale.svg").read_text()
