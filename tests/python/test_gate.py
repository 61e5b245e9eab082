"""The gate as a whole: rules of the contract, run by Great Expectations, and the Data Docs it leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdu_inspections.errors import Problem
from pdu_inspections.gate.check import check
from pdu_inspections.gate.report import format_problems

SCORES = "seeds/reports/scores.csv"
BODIES = "seeds/reference/bodies.csv"
COUNTS = "seeds/reference/expected_row_counts.csv"


def replace(project: Path, name: str, old: str, new: str) -> None:
    path = project / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def describe(seeds: Path, name: str, columns: str) -> None:
    """The YAML of a seed of one or two columns whose key is a."""
    (seeds / "reference").mkdir(exist_ok=True)
    text = f"seeds: [{{name: {name}, config: {{meta: {{key: [a]}}}}, columns: [{columns}]}}]\n"
    (seeds / "reference" / f"_{name}.yml").write_text(text, encoding="utf-8")


def problems_of(project: Path) -> list[Problem]:
    return check(project / "seeds").problems


def test_good_seeds_pass(toy: Path) -> None:
    report = check(toy / "seeds")
    assert report.passed
    assert (report.files_n, report.rows_n) == (3, 7)
    assert "scores has every key once" in report.checks
    assert str(report).endswith("no problems")


@pytest.mark.parametrize(
    ("file", "edit", "place", "shown"),
    [
        (SCORES, ("2022,71,", "2022,,"), (4, "score_pct"), ("", "a value in every row")),
        (SCORES, ("52.5", "052.5"), (3, "score_pct"), ("052.5", "the form")),
        (SCORES, ("52.5", '"1,052"'), (3, "score_pct"), ("1,052", "the form")),
        (SCORES, ("52.5", "52.5%"), (3, "score_pct"), ("52.5%", "the form")),
        (SCORES, ("52.5", "nan"), (3, "score_pct"), ("nan", "the form")),
        (SCORES, ("52.5", "٥٢"), (3, "score_pct"), ("٥٢", "the form")),
        (SCORES, ("2022,71,", "2022,101,"), (4, "score_pct"), ("101", "a number from 0 to 100")),
        (SCORES, ("birch,2022", "brich,2022"), (4, "body_id"), ("brich", "perhaps 'birch'")),
        (SCORES, ("ashby,2021", "ashby,2022"), (2, "body_id + score_year"), ("ashby | 2022", "also in line 3")),
        (COUNTS, ("scores,2,", "scores,3,"), (2, "rows_n"), ("3 expected, 2 rows of ashby_2022", "the number of rows")),
    ],
)
def test_a_broken_rule_names_place_value_and_expectation(
    toy: Path, file: str, edit: tuple[str, str], place: tuple[int | None, str], shown: tuple[str, str]
) -> None:
    replace(toy, file, *edit)
    matching = [p for p in problems_of(toy) if (p.file, p.line, p.column) == (file, *place)]
    assert any(shown[0] in str(p.found) and shown[1] in str(p.expected) and p.action for p in matching), matching


def test_a_report_without_expected_row_count_is_named_with_the_row_to_add(toy: Path) -> None:
    replace(toy, COUNTS, "birch_2022,scores,1,one year\n", "")
    (problem,) = problems_of(toy)
    assert (problem.file, problem.line, problem.column) == (SCORES, 4, "document_id")
    assert problem.action == f"add the row to {COUNTS}: birch_2022,scores,1,<reason>"


TITLES = "seeds/reference/score_titles.csv"


def describe_titles(project: Path) -> None:
    """Titles of scores, which every score must have."""
    replace(
        project, "seeds/reports/_reports.yml", "key: [body_id, score_year]", f"key: {KEY}, key_references: score_titles"
    )
    meta = f"{{key: {KEY}, key_references: scores}}"
    columns = "{name: body_id}, {name: score_year}, {name: title}, {name: note, config: {meta: {required: false}}}"
    yaml = f"seeds: [{{name: score_titles, config: {{meta: {meta}}}, columns: [{columns}]}}]\n"
    (project / "seeds/reference/_titles.yml").write_text(yaml, encoding="utf-8")


KEY = "[body_id, score_year]"


def test_a_title_left_out_is_named_with_the_row_to_write(toy: Path) -> None:
    describe_titles(toy)
    rows = "body_id,score_year,title,note\nashby,2021,One,\nashby,2022,Two,\nbirch,2022,Three,\n"
    (toy / TITLES).write_text(rows, encoding="utf-8")
    assert problems_of(toy) == []
    replace(toy, TITLES, "ashby,2022,Two", "ashby,2023,Two")
    missing, surplus = sorted(problems_of(toy), key=lambda problem: problem.file, reverse=True)
    assert (missing.file, missing.line, missing.column) == (SCORES, 3, "body_id + score_year")
    assert missing.found == "ashby | 2022"
    assert missing.action == f"add the row to {TITLES}: ashby,2022,<title>,"
    assert (surplus.file, surplus.line, surplus.found) == (TITLES, 3, "ashby | 2023")
    assert "remove the row" in str(surplus.action)


def test_line_ends_that_git_converted_are_one_problem_with_its_cause(toy: Path) -> None:
    for path in (toy / "seeds").rglob("*.csv"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    (problem,) = problems_of(toy)
    assert problem.message == "carriage return before every line feed"
    assert problem.found == "3 files with such line ends"
    assert "core.autocrlf" in str(problem.action)


def test_drafts_that_wait_are_told_and_are_a_problem_only_of_a_complete_release(toy: Path) -> None:
    (toy / "seeds/review").mkdir()
    columns = "{name: document_id}, {name: item}, {name: decision, config: {meta: {required: false}}}"
    yaml = f"seeds: [{{name: drafts, config: {{meta: {{key: [document_id, item]}}}}, columns: [{columns}]}}]\n"
    (toy / "seeds/review/_review.yml").write_text(yaml, encoding="utf-8")
    rows = "document_id,item,decision\nashby_2022,a,\nashby_2022,b,\nbirch_2022,c,rejected\n"
    (toy / "seeds/review/drafts.csv").write_text(rows, encoding="utf-8")
    report = check(toy / "seeds")
    assert report.passed
    assert report.waiting == {"ashby_2022": 2}
    assert "2 drafts wait for a decision: pdu review ashby_2022" in str(report)
    assert report.drafts_problem() is not None
    assert "pdu review ashby_2022" in str(report.drafts_problem())


def test_every_problem_of_every_file_is_told_at_once(toy: Path) -> None:
    replace(toy, SCORES, "2022,71,", "2022,101,")
    replace(toy, SCORES, "ashby,2021", "nobody,2021")
    replace(toy, BODIES, "Ashby PDU", " Ashby PDU")
    (toy / "seeds/reference/more.csv").touch()
    assert {(problem.file, problem.line) for problem in problems_of(toy)} == {
        (SCORES, 2),
        (SCORES, 4),
        (BODIES, 2),
        ("seeds/reference/more.csv", None),
    }


def test_a_vocabulary_that_cannot_be_read_does_not_condemn_its_users(toy: Path) -> None:
    replace(toy, BODIES, "body_id,", "id,")
    assert {problem.file for problem in problems_of(toy)} == {BODIES}


def test_both_rows_of_a_duplicate_key_are_named(toy: Path) -> None:
    replace(toy, BODIES, "birch,", "ashby,")
    replace(toy, SCORES, "birch_2022,birch", "birch_2022,ashby")
    replace(toy, SCORES, "ashby,2022,71", "ashby,2020,71")
    assert [(problem.line, problem.message) for problem in problems_of(toy)] == [
        (2, "duplicate key"),
        (3, "duplicate key"),
    ]


def test_a_line_feed_cannot_smuggle_a_value_past_its_pattern(toy: Path) -> None:
    replace(toy, SCORES, "52.5", '"52.5\n"')
    assert not check(toy / "seeds").passed


def test_data_docs_escape_values(toy: Path, tmp_path: Path) -> None:
    replace(toy, SCORES, "52.5", "<script>alert(1)</script>")
    check(toy / "seeds", tmp_path / "docs")
    pages = "\n".join(page.read_text(encoding="utf-8") for page in (tmp_path / "docs").rglob("*.html"))
    assert "<script>alert(1)" not in pages
    assert "&lt;script&gt;alert(1)" in pages
    assert f"{SCORES}:3 [score_pct]" in pages


def test_data_docs_are_replaced_whole(toy: Path, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "old.html").touch()
    check(toy / "seeds", docs)
    assert (docs / "index.html").is_file()
    assert not (docs / "old.html").exists()
    assert list(tmp_path.glob("docs*")) == [docs]


def test_no_value_is_dropped_from_an_optional_column(tmp_path: Path) -> None:
    describe(tmp_path, "t", "{name: a}, {name: b, config: {meta: {pattern: ^y$, required: false}}}")
    rows = "".join("x,\n" if number % 2 else "x,z\n" for number in range(9))
    (tmp_path / "reference" / "t.csv").write_text(f"a,b\n{rows}", encoding="utf-8")
    problems = check(tmp_path).problems
    assert sum(1 for problem in problems if problem.column == "b") == 5


def test_columns_of_one_name_keep_their_own_forms(tmp_path: Path) -> None:
    for name, pattern in (("t", "^x$"), ("u", "^y$")):
        describe(tmp_path, name, f"{{name: a, config: {{meta: {{pattern: {pattern}}}}}}}")
    (tmp_path / "reference" / "t.csv").write_text("a\nx\n", encoding="utf-8")
    (tmp_path / "reference" / "u.csv").write_text("a\nx\n", encoding="utf-8")
    assert [problem.file for problem in check(tmp_path).problems] == ["seeds/reference/u.csv"]


def test_many_problems_are_cut_short_on_the_screen_only() -> None:
    problems = [Problem("f.csv", f"problem {number}", number) for number in range(60)]
    text = format_problems(problems, 50)
    assert "problem 49" in text
    assert "problem 50" not in text
    assert "and 10 more" in text


def test_the_projects_own_seeds_pass(project_root: Path) -> None:
    report = check(project_root / "seeds")
    assert report.passed, format_problems(report.problems)
