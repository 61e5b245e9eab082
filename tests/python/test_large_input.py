"""Report tables as Parquet: the gate in SQL, and the models over many copies of the seeds."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pdu_inspections.errors import Problem
from pdu_inspections.gate.check import check_parquet
from pdu_inspections.project import DATABASE_NAME
from tests.support.compiled_sql import build_database
from tests.support.contract import TABLES
from tests.support.copies import write

pytestmark = pytest.mark.slow

INSPECTIONS = 120
COPIES = 20


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("corpus")
    assert write(directory, INSPECTIONS) == INSPECTIONS
    return directory


def rows_of(directory: Path, name: str) -> str:
    return f"read_parquet('{directory / name}/*.parquet')"


def one(query: str) -> object:
    row = duckdb.sql(query).fetchone()
    assert row is not None
    return row[0]


def test_the_models_and_the_contract_agree_on_which_tables_grow(project_root: Path) -> None:
    staging = (path.read_text(encoding="utf-8") for path in (project_root / "models" / "staging").rglob("*.sql"))
    read_from_parquet = {name for sql in staging for name in re.findall(r"raw_table\('(\w+)'\)", sql)}
    assert read_from_parquet == {table.name for table in TABLES if table.grows}


def test_every_copy_has_the_findings_of_the_first(
    corpus: Path, compiled_over: Callable[[Path], dict[str, Any]], tmp_path: Path, project_root: Path
) -> None:
    database = tmp_path / DATABASE_NAME
    manifest = compiled_over(corpus)
    assert not any(
        node["resource_type"] == "seed" and "/reports/" in node["path"] for node in manifest["nodes"].values()
    )

    assert build_database(manifest, database, project_root) == []

    with duckdb.connect(str(database), read_only=True) as connection:
        per_copy = "select rule_id, count(*) from fct_discrepancy where {} group by all order by all"
        first = connection.execute(per_copy.format("not contains(citation_id_a, 'twin')")).fetchall()
        others = connection.execute(per_copy.format("contains(citation_id_a, 'twin')")).fetchall()
        assert len(first) > 20
        assert others == [(rule, (COPIES - 1) * number) for rule, number in first]
        assert connection.execute("select count(*) from dim_inspection").fetchone() == (INSPECTIONS,)


def test_every_copy_is_as_the_contract_says(corpus: Path, project_root: Path) -> None:
    report = check_parquet(corpus, project_root / "seeds")
    assert report.passed, report.problems[:3]
    assert report.rows_n > 100 * INSPECTIONS
    assert "ratings has every key once" in report.checks


SPOILED = {
    "staffing": (
        ("unit", "null", "empty value"),
        ("label", "''", "empty text"),
        ("value", "'1,052'", "without thousands separator"),
        ("unit", "'per_cnt'", "perhaps 'per_cent'"),
        ("label", "'=1+1'", "run as a formula"),
        ("label", "' staff'", "space before or after"),
        ("label", "concat('st', chr(8203), 'aff')", "malformed character U+200B"),
        ("inspection_id", "'nobody_pdu_2021'", "a inspection_id of seeds/reports/inspections.csv"),
    ),
    "reported_figures": (("value_pct", "'1001'", "a number from 0 to 1000"),),
}


@pytest.fixture(scope="module")
def problems(corpus: Path, tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> list[Problem]:
    """What the gate finds where each of several tables is spoilt in a way of its own."""
    spoilt = tmp_path_factory.mktemp("spoilt")
    for table, cells in SPOILED.items():
        columns = ", ".join(
            f"case {whens(cells, column)} else {column} end as {column}"
            for column in dict.fromkeys(name for name, *_ in cells)
        )
        spoil(corpus, spoilt, table, f"* replace ({columns})")
    spoil(corpus, spoilt, "prompts", "*", "union all (select * from {} limit 60)")
    spoil(corpus, spoilt, "ratings", "* exclude (place)")
    spoil(corpus, spoilt, "statements", "* replace (cast(line_number as integer) as line_number)")
    spoil(corpus, spoilt, "key_questions", "* replace ('1 2' as line_number)")
    return check_parquet(spoilt, project_root / "seeds").problems


def test_a_broken_rule_names_place_value_and_expectation(problems: list[Problem]) -> None:
    for table, cells in SPOILED.items():
        for line, (column, _, shown) in enumerate(cells, 1):
            messages = [str(problem) for problem in problems if (problem.line, problem.column) == (line, column)]
            assert any(shown in text and f"/{table}/" in text for text in messages), (table, line, messages)


@pytest.mark.parametrize(
    ("table", "shown"),
    [
        ("prompts", "duplicate key"),
        ("prompts", "also in line"),
        ("prompts", "row count differs"),
        ("ratings", "missing column"),
        ("statements", "column is not text"),
    ],
)
def test_columns_keys_and_row_counts_are_held_at_any_size(problems: list[Problem], table: str, shown: str) -> None:
    assert any(shown in str(problem) and table in str(problem) for problem in problems)


def test_a_value_that_is_wrong_in_every_row_is_one_problem(problems: list[Problem]) -> None:
    (problem,) = (one for one in problems if one.file and "/key_questions/" in one.file)
    assert (problem.line, problem.column, problem.found) == (1, "line_number", "1 2")


def whens(cells: tuple[tuple[str, str, str], ...], column: str) -> str:
    return " ".join(f"when n = {n} then {bad}" for n, (name, bad, _) in enumerate(cells, 1) if name == column)


def spoil(corpus: Path, directory: Path, table: str, columns: str, more: str = "") -> None:
    """Link to the corpus, but for one table that is rewritten; n in its columns is the number of the row."""
    for folder in corpus.iterdir():
        if not (directory / folder.name).exists():
            (directory / folder.name).symlink_to(folder)
    (directory / table).unlink()
    (directory / table).mkdir()
    rows = rows_of(corpus, table)
    numbered = f"(select *, row_number() over () as n from (from {rows} {more.format(rows)}))"
    duckdb.sql(f"select columns(name -> name <> 'n') from (select {columns} from {numbered})").write_parquet(
        str(directory / table / "part.parquet")
    )
