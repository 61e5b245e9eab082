"""`pdu query`: where the query comes from, how its answer is printed, and what it may not do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pdu_inspections.cli import main
from pdu_inspections.project import Project
from pdu_inspections.release.build import Settings, build
from pdu_inspections.release.progress import Progress
from tests.support.toy import StubDbt, write_project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_project(tmp_path_factory.mktemp("queried"))
    build(Project(root), Settings(), Progress(), StubDbt)
    return root


def query(project: Path, *arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["--project", str(project), "query", *arguments], input=stdin)


def test_sql_that_begins_with_a_comment_is_no_option(project: Path) -> None:
    result = query(project, "-- How many bodies?\nselect count(*) as bodies_n from dim_body")
    assert (result.exit_code, result.output) == (0, "bodies_n\n--------\n       2\n(1 row)\n")


@pytest.mark.parametrize("sql", ["", " \n", "-- only a comment", "/* nothing */"])
def test_an_empty_query_says_so(project: Path, sql: str) -> None:
    result = query(project, sql)
    assert result.exit_code == 1
    assert "there is no query" in result.output


def test_a_query_is_read_from_a_file_and_from_standard_input(project: Path, tmp_path: Path) -> None:
    (tmp_path / "q.sql").write_text("select 7 as seven", encoding="utf-8")
    assert query(project, "--file", str(tmp_path / "q.sql"), "--format", "csv").output == "seven\n7\n"
    assert query(project, "--format", "csv", stdin="select 7 as seven").output == "seven\n7\n"
    assert query(project, "-", "--format", "csv", stdin="select 7 as seven").output == "seven\n7\n"


def test_two_sources_are_bad_usage(project: Path, tmp_path: Path) -> None:
    (tmp_path / "q.sql").touch()
    assert query(project, "select 1", "--file", str(tmp_path / "q.sql")).exit_code == 2


SQL = (
    "select 'a|b' as text, 1.50::decimal(4,2) as share, null as nothing, date '2022-02-01' as day, 'nan'::double as odd"
)


def test_the_forms_of_an_answer(project: Path) -> None:
    assert query(project, SQL, "--format", "csv").output == "text,share,nothing,day,odd\na|b,1.50,,2022-02-01,nan\n"
    assert json.loads(query(project, SQL, "--format", "json").output) == [
        {"text": "a|b", "share": 1.5, "nothing": None, "day": "2022-02-01", "odd": None}
    ]
    assert (
        query(project, SQL, "--format", "markdown").output.splitlines()[2] == "| a\\|b | 1.50 |  | 2022-02-01 | nan |"
    )


def test_no_cell_and_no_row_is_cut(project: Path) -> None:
    output = query(project, "select repeat('long ', 100) as text, n from range(500) t(n)").output
    assert output.count("long " * 100) == 500
    assert "(500 rows)" in output


@pytest.mark.parametrize(
    "sql", ["from read_text('/etc/hostname')", "delete from dim_body", "select nothing", "attach 'x.db'", "load httpfs"]
)
def test_what_a_query_may_not_do_is_refused_in_words(project: Path, sql: str) -> None:
    result = query(project, sql)
    assert result.exit_code == 1
    assert "Error" in result.output
    assert "Traceback" not in result.output
