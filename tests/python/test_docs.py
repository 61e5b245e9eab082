"""Pages that show data are those that the built file gives."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pdu_inspections import docs, questions
from pdu_inspections.errors import InputError
from tests.support.warehouse import ROOT, Built

PATH = "analyses/1_ratings/101_lowest.sql"
ANALYSIS = """\
-- Question: Which is lowest?
-- Asked by: Heads
-- Caveat: Chance plays
--   its part.
select 1 as figure
"""


@pytest.mark.slow
@pytest.mark.parametrize("page", ["README.md", "docs/data-quality.md", "docs/questions.md"])
def test_a_committed_page_is_what_the_file_gives(built: Built, page: str) -> None:
    with duckdb.connect(str(built.database), read_only=True) as connection:
        pages = docs.pages(ROOT, connection)
    committed = (ROOT / page).read_text(encoding="utf-8")
    assert committed == pages[ROOT / page], f"{page} shows other data than the seeds give: run `make docs`, commit it"


def test_dbt_documents_the_project_without_a_warning(built: Built, tmp_path: Path) -> None:
    finished = subprocess.run(
        [
            str(Path(sys.executable).with_name("dbt")), "--warn-error-options", '{"error": "all"}', "docs", "generate",
            "--project-dir", str(ROOT), "--profiles-dir", str(ROOT / "profiles"), "--target-path", str(tmp_path),
            "--log-path", str(tmp_path / "logs"),
        ],
        env={**os.environ, "PDU_DATABASE_PATH": str(built.database)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert finished.returncode == 0, finished.stdout[-4000:]
    assert (tmp_path / "catalog.json").is_file()


def test_results_are_written_below_marked_queries_only() -> None:
    page = "<!-- query -->\n```sql\nselect 1 as a\n```\n\n```text\nold\n```\n\n```sql\nselect 2\n```\n"
    with duckdb.connect() as connection:
        written = docs.with_results(page, connection)
    assert "old" not in written
    assert "│     1 │" in written
    assert written.endswith("```\n\n```sql\nselect 2\n```\n")


def test_an_analysis_is_read_with_its_header() -> None:
    analysis = questions.parse(PATH, ANALYSIS)
    assert (analysis.number, analysis.chapter) == ("101", "Ratings")
    assert (analysis.question, analysis.asked_by) == ("Which is lowest?", "Heads")
    assert analysis.caveat == "Chance plays its part."
    assert analysis.sql == "select 1 as figure"


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("analyses/1_ratings/lowest.sql", ANALYSIS, "chapter and number"),
        ("analyses/2_casework/101_lowest.sql", ANALYSIS, "chapter and number"),
        (PATH, "select 1", "lacks Question and Asked by and Caveat"),
        (PATH, ANALYSIS.replace("-- Asked by: Heads\n", ""), "lacks Asked by"),
        (PATH, ANALYSIS.replace("--   its", "-- its"), "no line of a header"),
    ],
)
def test_an_analysis_that_cannot_be_shown_is_refused(path: str, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told) as refused:
        questions.parse(path, text)
    assert refused.value.problems[0].file == path


def test_every_unusable_analysis_is_named_at_once(tmp_path: Path) -> None:
    for name in ("101_one", "102_other"):
        path = tmp_path / "analyses" / "1_ratings" / f"{name}.sql"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("select 1", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        questions.read(tmp_path)
    assert [Path(problem.file).stem for problem in refused.value.problems] == ["101_one", "102_other"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (True, "yes"),
        (False, "no"),
        (12, "12"),
        (Decimal("23.00"), "23"),
        (Decimal("16.60"), "16.6"),
        (-0.0, "0"),
        (100.0, "100"),
        (dt.date(2021, 6, 1), "2021-06-01"),
        ("a | b_c\nd", "a \\| b\\_c d"),
    ],
)
def test_values_are_shown_as_a_reader_wants_them(value: object, text: str) -> None:
    assert questions.shown(value) == text


def test_a_page_shows_question_caveat_result_and_query(tmp_path: Path) -> None:
    path = tmp_path / PATH
    path.parent.mkdir(parents=True)
    path.write_text(ANALYSIS.replace("its part.", "its part (question 101)."), encoding="utf-8")
    with duckdb.connect() as connection:
        page = questions.render(tmp_path, connection)
    assert "- [101](#q101) Which is lowest?\n" in page
    assert '<a id="q101"></a>\n\n### 101. Which is lowest?\n\n*Asked by: heads.*\n' in page
    assert "Chance plays its part (question [101](#q101)).\n\n| figure |\n|---:|\n| 1 |\n" in page
    assert "```sql\nselect 1 as figure\n```" in page
