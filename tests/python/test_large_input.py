"""Report tables as Parquet: the generator, the gate in SQL, and the models over what the generator wrote."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pdu_inspections.gate.check import check_parquet
from pdu_inspections.project import DATABASE_NAME
from tests.support.compiled_sql import build_database
from tests.support.contract import TABLES
from tests.support.generator.write import Corpus, write

pytestmark = pytest.mark.slow

INSPECTIONS = 120
BREACHES = 0.1


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("corpus")
    write(directory, Corpus(0, INSPECTIONS, seed=7, breaches=BREACHES))
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


def test_an_inspection_has_about_110_figures_and_every_table_is_written(corpus: Path) -> None:
    grown = [table for table in TABLES if table.grows]
    assert all((corpus / table.name).is_dir() for table in grown)
    figures = sum(
        int(str(one(f"select count(*) from {rows_of(corpus, t.name)}")))
        for t in grown
        if "as_printed" in t.column_names
    )
    assert 100 <= figures / INSPECTIONS <= 125


def test_the_same_seed_gives_the_same_rows_however_they_are_cut(corpus: Path, tmp_path: Path) -> None:
    write(tmp_path, Corpus(0, 47, seed=7, breaches=BREACHES))
    write(tmp_path, Corpus(47, INSPECTIONS - 47, seed=7, breaches=BREACHES))
    for table in [table.name for table in TABLES if table.grows] + ["planted"]:
        whole, parts = rows_of(corpus, table), rows_of(tmp_path, table)
        assert one(f"select count(*) from {whole}") == one(f"select count(*) from {parts}"), table
        assert one(f"select count(*) from (from {whole} except all from {parts})") == 0, table


def test_every_planted_breach_is_found_and_nothing_else(
    corpus: Path, compiled_over: Callable[[Path], dict[str, Any]], tmp_path: Path, project_root: Path
) -> None:
    database = tmp_path / DATABASE_NAME
    manifest = compiled_over(corpus)
    assert not any(
        node["resource_type"] == "seed" and "/reports/" in node["path"] for node in manifest["nodes"].values()
    )

    assert build_database(manifest, database, project_root) == []

    with duckdb.connect(str(database), read_only=True) as connection:
        columns = "rule_id, inspection_id, citation_id_a, citation_id_b"
        ours = f"inspection_id in (select inspection_id from {rows_of(corpus, 'inspections')})"  # not the landscape's
        found = connection.execute(f"select {columns} from fct_discrepancy where {ours} order by all").fetchall()
        planted = connection.execute(f"select {columns} from {rows_of(corpus, 'planted')} order by all").fetchall()
        assert found == planted
        assert len({rule for rule, *_ in found}) >= 28
        assert connection.execute("select count(*) from dim_inspection").fetchone() == (INSPECTIONS,)


def test_generated_tables_are_as_the_contract_says(corpus: Path, project_root: Path) -> None:
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


def test_a_broken_rule_names_place_value_and_expectation(corpus: Path, tmp_path: Path, project_root: Path) -> None:
    for table, cells in SPOILED.items():
        columns = ", ".join(
            f"case {whens(cells, column)} else {column} end as {column}"
            for column in dict.fromkeys(name for name, *_ in cells)
        )
        spoil(corpus, tmp_path, table, f"* replace ({columns})")
    report = check_parquet(tmp_path, project_root / "seeds")
    for table, cells in SPOILED.items():
        for line, (column, _, shown) in enumerate(cells, 1):
            messages = [str(problem) for problem in report.problems if (problem.line, problem.column) == (line, column)]
            assert any(shown in text and f"/{table}/" in text for text in messages), (table, line, messages)


def test_columns_keys_and_row_counts_are_held_at_any_size(corpus: Path, tmp_path: Path, project_root: Path) -> None:
    spoil(corpus, tmp_path, "prompts", "*", "union all (select * from {} limit 60)")
    spoil(corpus, tmp_path, "ratings", "* exclude (place)")
    spoil(corpus, tmp_path, "statements", "* replace (cast(line_number as integer) as line_number)")
    report = check_parquet(tmp_path, project_root / "seeds")
    messages = "\n".join(str(problem) for problem in report.problems)
    for shown in ("duplicate key", "also in line", "row count differs", "missing column", "column is not text"):
        assert shown in messages


def test_a_value_that_is_wrong_in_every_row_is_one_problem(corpus: Path, tmp_path: Path, project_root: Path) -> None:
    spoil(corpus, tmp_path, "prompts", "* replace ('1 2' as line_number)")
    (problem,) = check_parquet(tmp_path, project_root / "seeds").problems
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
