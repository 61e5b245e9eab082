"""The questions of analyses/ on the built file: each runs as it stands, and its answer can be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pdu_inspections import docs, questions
from pdu_inspections.questions import Question
from pdu_inspections.site import queries
from pdu_inspections.site.answers import answer
from tests.support import answers
from tests.support.answers import write_answer
from tests.support.rendering import renderer
from tests.support.warehouse import ROOT, Built

ANALYSES = questions.read(ROOT)
every_analysis = pytest.mark.parametrize("analysis", ANALYSES, ids=lambda analysis: Path(analysis.path).stem)

# What can be looked through: longer tables are folded away and can be filtered, but more than this is no answer.
MOST_ROWS = 60
MOST_COLUMNS = 11
MACHINE_CODE = re.compile(r"\b[a-z0-9]+_[a-z0-9_]+\b")
BANDS: list[dict[str, Any]] = [
    {"rating": "Inadequate", "band_low_pct": 0}, {"rating": "Requires improvement", "band_low_pct": 50},
    {"rating": "Good", "band_low_pct": 65}, {"rating": "Outstanding", "band_low_pct": 80},
]  # fmt: skip


@pytest.fixture(scope="module")
def file(built: Built) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(built.database), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def shuffled(built: Built) -> Iterator[duckdb.DuckDBPyConnection]:
    """The marts with their rows in another order, and nothing else of the file but the analysts' macros."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{built.database}' as built (read_only)")
        tables = connection.execute(
            "select table_name from duckdb_tables() where database_name = 'built' and schema_name = 'main'"
        ).fetchall()
        for (table,) in tables:
            connection.execute(
                f"create table {table} as select * from built.main.{table} order by md5({table}::varchar) desc"
            )
        connection.execute("detach built")
        connection.execute(renderer().call("duckdb__create_analyst_macros()"))
        yield connection


def test_there_are_thirty_questions_or_more_each_with_its_own_number() -> None:
    assert len({analysis.number for analysis in ANALYSES}) == len(ANALYSES) >= 30


@every_analysis
def test_a_question_is_answered_by_a_table_one_can_read(file: duckdb.DuckDBPyConnection, analysis: Question) -> None:
    answered = answer(analysis, file, BANDS)
    assert 1 <= len(answered.rows) <= MOST_ROWS
    assert len({column.head for column in answered.columns}) == len(answered.columns) <= MOST_COLUMNS


@every_analysis
def test_an_answer_is_told_in_words_for_people(file: duckdb.DuckDBPyConnection, analysis: Question) -> None:
    answered = answer(analysis, file, BANDS)
    sentence = str(answered.sentence(lambda shown, _: str(shown)))
    shown = [sentence, *(column.head for column in answered.columns)]
    shown += [cell.text for cells in answered.cells for cell in cells]
    assert len(sentence) > 20 and sentence.endswith((".", "?", ".”"))
    assert [text for text in shown if MACHINE_CODE.search(text)] == []
    assert not re.search(r"\b(?:surely|certain|certainly|sure)\b", sentence + analysis.caveat, flags=re.IGNORECASE)


@every_analysis
def test_an_answer_is_told_when_the_file_has_no_rows_for_it(
    file: duckdb.DuckDBPyConnection, analysis: Question
) -> None:
    emptied = replace(analysis, sql=f"select * from ({analysis.sql}) limit 0", chart=None)
    assert answer(emptied, file, BANDS).sentence(lambda shown, _: str(shown))


@every_analysis
def test_an_answer_is_the_recorded_one(file: duckdb.DuckDBPyConnection, analysis: Question, tmp_path: Path) -> None:
    answer = write_answer(file, analysis, tmp_path)
    recorded = answers.FOLDER / answer.name
    advice = "review the change, then record the answers again: python -m tests.support.answers"
    assert recorded.is_file(), advice
    assert answer.read_text(encoding="utf-8") == recorded.read_text(encoding="utf-8"), advice


def test_only_answers_of_questions_are_recorded() -> None:
    assert {path.stem for path in answers.FOLDER.glob("*.csv")} <= {Path(analysis.path).stem for analysis in ANALYSES}


@every_analysis
def test_an_answer_depends_on_the_marts_alone_and_not_on_the_order_of_their_rows(
    file: duckdb.DuckDBPyConnection, shuffled: duckdb.DuckDBPyConnection, analysis: Question
) -> None:
    assert shuffled.execute(analysis.sql).fetchall() == file.execute(analysis.sql).fetchall()


@every_analysis
def test_a_query_is_one_statement_without_templates(analysis: Question) -> None:
    assert len(duckdb.extract_statements(analysis.sql)) == 1
    assert not re.search(r"\{[{%#]", analysis.sql)


def test_questions_referred_to_exist() -> None:
    numbers = {analysis.number for analysis in ANALYSES}
    referred = {number for analysis in ANALYSES for number in re.findall(r"question (\d{3})", analysis.caveat)}
    assert referred <= numbers


def tables(connection: duckdb.DuckDBPyConnection, queries: Iterable[str]) -> set[str]:
    return {table for query in queries for table in connection.get_table_names(query)}


def exposed(manifest: dict[str, Any], name: str) -> set[str]:
    """Models an exposure says it depends on."""
    exposure = next(exposure for exposure in manifest["exposures"].values() if exposure["name"] == name)
    return {manifest["nodes"][unique_id]["name"] for unique_id in exposure["depends_on"]["nodes"]}


def test_exposures_name_the_tables_that_the_pages_query(built: Built, file: duckdb.DuckDBPyConnection) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pages = {
        "questions_answered": [analysis.sql for analysis in ANALYSES],
        "readme": docs.marked_queries(readme),
        "data_quality_page": [queries.FINDINGS_BY_REPORT, queries.FINDINGS],
    }
    for name, page in pages.items():
        assert exposed(built.manifest, name) == tables(file, page), name


def test_a_release_is_exposed_with_every_mart(built: Built) -> None:
    marts = {path.stem for path in (ROOT / "models" / "marts").rglob("*.sql")}
    assert exposed(built.manifest, "release") == marts


def test_start_here_names_every_mart(file: duckdb.DuckDBPyConnection) -> None:
    named = {name for (name,) in file.execute("select topic from start_here where kind = 'table'").fetchall()}
    assert named == {path.stem for path in (ROOT / "models" / "marts").rglob("*.sql")}


def test_start_here_names_every_macro(file: duckdb.DuckDBPyConnection) -> None:
    described = " ".join(
        name for (name,) in file.execute("select topic from start_here where kind = 'macro'").fetchall()
    )
    macros = file.execute(
        "select function_name from duckdb_functions() where not internal and function_type = 'macro'"
    ).fetchall()
    assert macros
    assert [name for (name,) in macros if f"{name}(" not in described] == []


def test_start_here_sends_people_to_columns_that_exist(file: duckdb.DuckDBPyConnection) -> None:
    names = {name for (name,) in file.execute("select column_name from duckdb_columns()").fetchall()}
    names |= {name for (name,) in file.execute("select table_name from duckdb_tables()").fetchall()}
    hints = file.execute("select hint from start_here where kind = 'name'").fetchall()
    assert len(hints) >= 8
    named = {word for (hint,) in hints for word in re.findall(r"[a-z]+_[a-z_]+", hint) if not word.endswith("_")}
    assert named - names <= {"vacancy_rate"}  # a measure's id


def test_queries_of_start_here_run(file: duckdb.DuckDBPyConnection) -> None:
    queries = file.execute("select hint from start_here where kind = 'query'").fetchall()
    assert len(queries) == 5
    for (query,) in queries:
        assert file.execute(query).fetchall(), query
