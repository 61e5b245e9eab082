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
from pdu_inspections.docs import escaped
from pdu_inspections.errors import InputError
from pdu_inspections.site import answers
from tests.support.warehouse import ROOT, Built

PATH = "analyses/1_ratings/101_lowest.sql"
QUESTION = """\
/*
question: Which is lowest?
asked_by: Heads
answer: >-
  The lowest is
  [[ first.figure ]].
caveat: >-
  Chance plays
  its part.
*/
select 1 as figure
"""


@pytest.mark.parametrize("page", ["README.md", "docs/data-quality.md", "docs/marts.md", "docs/questions.md"])
def test_a_committed_page_is_what_the_file_gives(built: Built, page: str) -> None:
    with duckdb.connect(str(built.database), read_only=True) as connection:
        pages = docs.pages(ROOT, connection)
    committed = (ROOT / page).read_text(encoding="utf-8")
    assert committed == pages[ROOT / page], f"{page} shows other data than the seeds give: run `make docs`, commit it"


@pytest.mark.slow
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
    assert "```text\na\n-\n1\n(1 row)\n```" in written
    assert written.endswith("```\n\n```sql\nselect 2\n```\n")


def test_a_question_is_read_with_its_header() -> None:
    question = questions.parse(PATH, QUESTION)
    assert (question.number, question.chapter) == ("101", "Ratings")
    assert (question.question, question.asked_by) == ("Which is lowest?", "Heads")
    assert question.answer == "The lowest is [[ first.figure ]]."
    assert question.caveat == "Chance plays its part."
    assert question.sql == "select 1 as figure"


@pytest.mark.parametrize(
    ("path", "text", "problem"),
    [
        ("analyses/1_ratings/lowest.sql", QUESTION, "chapter and number"),
        ("analyses/2_casework/101_lowest.sql", QUESTION, "chapter and number"),
        (PATH, "select 1", "does not begin with its header"),
        (PATH, QUESTION.replace("/*\n", "/*\n- "), "not YAML"),
        (PATH, QUESTION.replace("asked_by: Heads\n", ""), "lacks asked_by"),
        (PATH, QUESTION.replace("asked_by: Heads\n", "asked_by: Heads\nsure: yes\n"), "unknown fields"),
    ],
)
def test_a_question_that_cannot_be_shown_is_refused(path: str, text: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem) as refused:
        questions.parse(path, text)
    assert refused.value.problems[0].file == path


def test_every_unusable_question_is_named_at_once(tmp_path: Path) -> None:
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
        (dt.date(2021, 6, 1), "1 June 2021"),
        ("a | b_c\nd", "a | b_c\nd"),
    ],
)
def test_values_are_shown_as_a_reader_wants_them(value: object, text: str) -> None:
    assert answers.shown(value) == text


def test_markdown_shows_text_as_it_is() -> None:
    assert escaped("a | b_c\nd") == "a \\| b\\_c d"


def test_an_answer_is_a_sentence_made_from_the_rows(tmp_path: Path) -> None:
    path = tmp_path / PATH
    path.parent.mkdir(parents=True)
    path.write_text(QUESTION, encoding="utf-8")
    with duckdb.connect() as connection:
        (question,) = questions.read(tmp_path)
        answered = answers.answer(question, connection, [])
    assert answered.sentence(lambda shown, _: str(shown)) == "The lowest is 1."
    assert [[cell.text for cell in cells] for cells in answered.cells] == [["1"]]
