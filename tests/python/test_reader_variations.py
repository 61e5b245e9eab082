"""Ways of printing the same (marks, quotes, dashes, spaces, wrapping, order, wording) change no figure that is read."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pdu_inspections.reader.reading import Reading
from pdu_inspections.reader.vocabulary import Vocabulary
from tests.support.contract import BY_NAME
from tests.support.print_styles import AMBIGUOUS, PRINT_STYLES
from tests.support.reader_help import ALL, CRC, LONG, SHORT, read_lines, rows, values, write_project

SAID = ("value", "value_status", "rating_id", "progress_id", "addressee_id", "footnote_mark", "low_pct", "high_pct")
IN_PRINT_ONLY = ("key_questions", "prompts", "criterion_scores")
Figures = dict[tuple[str, ...], str]


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    return Vocabulary(write_project(tmp_path_factory.mktemp("project") / "project"))


@pytest.fixture(scope="module")
def readings(vocabulary: Vocabulary) -> dict[Path, Figures]:
    """What the reports say as they are."""
    return {path: all_rows(read_lines(path.read_text(encoding="utf-8"), vocabulary)) for path in ALL}


def all_rows(reading: Reading) -> Figures:
    """What a reading says, free of where and in which form it is printed."""
    found = {}
    for table, table_rows in reading.rows.items():
        if table == "documents":
            continue
        for row in table_rows:
            number = re.search(r"\d+(?:\.\d+)?", row["as_printed"]) if table in IN_PRINT_ONLY else None
            told = number.group() if number else " ".join(row.get(name, "") for name in SAID)
            found[table, *(row[name] for name in BY_NAME[table].key)] = told
    return found


# ---------------------------------------------------------------------- print styles

# These change or leave out figures or the words that figures are found by; tests/campaigns/reader counts what is lost.
CHANGE_CONTENT = {
    *AMBIGUOUS,
    "a_lost_section",
    "addressees_otherwise",
    "no_contents",
    "other_measure_labels",
    "sunken_marks",
    "wrapped_labels",
}
STYLES = sorted(PRINT_STYLES.keys() - CHANGE_CONTENT)
TOGETHER = (
    "bold_values",
    "curly_quotes",
    "hard_spaces",
    "html_marks",
    "other_dashes",
    "other_numbering",
    "spaced_tabs",
)


def wrapped_rows(text: str, join: Callable[[list[str], str], str]) -> str:
    def wrapped(line: str) -> str:
        label, _, figure = line.partition("\t")
        lines = re.sub(r"(.{1,55}) ", r"\1\n", label).split("\n") if len(label) > 55 else [label]
        is_row = line.count("\t") == 1 and label and figure and len(lines) > 1 and "<" not in line
        return join(lines, figure) if is_row else line

    return "\n".join(wrapped(line) for line in text.split("\n"))


@pytest.mark.parametrize("style", STYLES)
def test_a_print_style_changes_no_figure(style: str, vocabulary: Vocabulary, readings: dict[Path, Figures]) -> None:
    for path in ALL:
        for seed in range(2):
            changed = PRINT_STYLES[style](path.read_text(encoding="utf-8"), random.Random(seed))
            assert all_rows(read_lines(changed, vocabulary)) == readings[path], (path.stem, seed)


@pytest.mark.parametrize("at", [0, -1], ids=["first line", "last line"])
def test_the_figure_of_a_wrapped_label_may_stand_on_its_first_or_last_line(
    at: int, vocabulary: Vocabulary, readings: dict[Path, Figures]
) -> None:
    def join(lines: list[str], figure: str) -> str:
        lines[at] += f"\t{figure}"
        return "\n".join(lines)

    for path in ALL:
        changed = wrapped_rows(path.read_text(encoding="utf-8"), join)
        assert all_rows(read_lines(changed, vocabulary)) == readings[path], path.stem


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(ALL),
    styles=st.lists(st.sampled_from(TOGETHER), min_size=2, max_size=6, unique=True),
    seed=st.integers(0, 1000),
)
def test_print_styles_together_change_no_figure(
    path: Path, styles: list[str], seed: int, vocabulary: Vocabulary, readings: dict[Path, Figures]
) -> None:
    changed = path.read_text(encoding="utf-8")
    for style in styles:
        changed = PRINT_STYLES[style](changed, random.Random(seed))

    assert all_rows(read_lines(changed, vocabulary)) == readings[path]


def test_a_report_without_a_contents_list_gives_the_same_figures(vocabulary: Vocabulary) -> None:
    text = LONG.read_text(encoding="utf-8")
    start = text.index("\nContents\n")

    assert all_rows(read_lines(text[:start] + text[text.index("\n\n", start + 12) :], vocabulary)) == all_rows(
        read_lines(text, vocabulary)
    )


QUESTION_ROW = re.compile(r"(?m)^([^\t\n]+\?[* ]*)\t(\d+%)$")


def test_percentages_below_their_questions_are_read(vocabulary: Vocabulary) -> None:
    text = LONG.read_text(encoding="utf-8")

    assert all_rows(read_lines(QUESTION_ROW.sub(r"\1\n\2", text), vocabulary)) == all_rows(read_lines(text, vocabulary))


@pytest.mark.parametrize(
    "form", [r"\2\n\1", r"\1\t\2\t37%"], ids=["above their questions", "beside others without a head"]
)
def test_percentages_that_may_belong_elsewhere_are_told_and_not_read(form: str, vocabulary: Vocabulary) -> None:
    text = re.sub(r"\t(?:%|Percentage) .Yes.", "", LONG.read_text(encoding="utf-8"))
    reading = read_lines(QUESTION_ROW.sub(form, text), vocabulary)

    assert rows(reading, "key_questions") == rows(reading, "prompts") == []
    assert sum("%" in unplaced.text for unplaced in reading.unplaced_lines) == len(QUESTION_ROW.findall(text))


def test_a_page_number_below_a_heading_is_no_percentage(vocabulary: Vocabulary) -> None:
    text = LONG.read_text(encoding="utf-8")
    reading = read_lines(re.sub(r"(?m)^([^\t\n]+\?[* ]*)\t$", r"\1\n\n37\n", text), vocabulary)

    assert all_rows(reading) == all_rows(read_lines(text, vocabulary))


def test_a_mark_that_sticks_to_a_question_is_no_percentage(vocabulary: Vocabulary) -> None:
    text = LONG.read_text(encoding="utf-8")
    reading = read_lines(re.sub(r"(?m)^([^\t\n]+\?[* ]*)\t$", r"\g<1>25", text), vocabulary)

    assert all_rows(reading) == all_rows(read_lines(text, vocabulary))


# ---------------------------------------------------------------------- changes of wording


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (LONG, "keeping other people safe", "keeping others safe"),
        (
            LONG,
            "Does assessment identify and analyse offending-related factors?",
            "Does assessment identify offending-related factors?",
        ),
        (LONG, "describing workload as unmanageable", "who described their workload as unmanageable"),
        (
            LONG,
            "Sickness absence rate (average days lost in previous 12 months for all staff)",
            "Sickness absence (average working days lost in the previous 12 months, all staff)",
        ),
        (
            LONG,
            "Proportion of inspected cases who are black, Asian or minority ethnic",
            "Percentage of inspected cases who are Black, Asian and minority ethnic",
        ),
        (
            CRC,
            "The number of individuals supervised by Eastvale and Norham CRC",
            "The number of people supervised by Eastvale and Norham Community Rehabilitation Company",
        ),
    ],
)
def test_a_small_change_of_wording_is_placed_and_told(path: Path, old: str, new: str, vocabulary: Vocabulary) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    reading = read_lines(text.replace(old, new), vocabulary)

    assert all_rows(reading) == all_rows(read_lines(text, vocabulary))
    assert any("taken for" in notice.message for notice in reading.notices)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("probation services officers (PSOs)", "Probation Service Officers (PSOs)"),
        ("Proportion of inspected cases who are female", "Proportion of inspected cases who are women"),
        (
            "Workload management tool (WMT) average per PO",
            "Workload management tool (WMT) average per probation officer",
        ),
    ],
)
def test_grades_and_women_have_several_names(old: str, new: str, vocabulary: Vocabulary) -> None:
    text = LONG.read_text(encoding="utf-8")
    assert old in text

    assert all_rows(read_lines(text.replace(old, new), vocabulary)) == all_rows(read_lines(text, vocabulary))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("between 6 and 10 March 2023", "in the week beginning 6 March 2023", {"fieldwork_start_date": "2023-03-06"}),
        ("between 6 and 10 March 2023", "from 6 March to 10 March 2023", {"fieldwork_end_date": "2023-03-10"}),
        (
            "between 01 and 07 August 2022 and 29 August and 04 September 2022",
            "in August 2022",
            {"sample_1_start_date": "2022-08", "sample_1_end_date": "2022-08"},
        ),
        ("We inspected 60 cases where", "We inspected sixty cases where", {"cases_inspected": "60"}),
        (
            "We also conducted interviews with 41 probation practitioners",
            "We also interviewed 41 probation practitioners",
            {"practitioners_interviewed": "41"},
        ),
    ],
)
def test_facts_in_other_words(old: str, new: str, expected: dict[str, str], vocabulary: Vocabulary) -> None:
    text = LONG.read_text(encoding="utf-8")
    assert old in text
    found = values(read_lines(text.replace(old, new), vocabulary), "inspection_facts", "fact")

    assert {fact: found.get((fact,)) for fact in expected} == expected


def test_a_week_beginning_prints_no_last_day(vocabulary: Vocabulary) -> None:
    text = LONG.read_text(encoding="utf-8").replace("between 6 and 10 March 2023", "in the week beginning 6 March 2023")

    assert ("fieldwork_end_date",) not in values(read_lines(text, vocabulary), "inspection_facts", "fact")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Vacancy rates were 17% for probation officers and 9.5% for PSOs.",
            {("vacancy_rate", "po"): "17", ("vacancy_rate", "pso"): "9.5"},
        ),
        (
            "The PO vacancy rate of 17 per cent and the SPO vacancy rate of three per cent were high.",
            {("vacancy_rate", "po"): "17", ("vacancy_rate", "spo"): "3"},
        ),
        ("The overall vacancy rate was 17 per cent.", {("vacancy_rate", "all"): "17"}),
        ("Attrition was 8 per cent for POs.", {("attrition_rate", "po"): "8"}),
    ],
)
def test_bullets_name_the_grade_before_or_after_the_figure(
    sentence: str, expected: dict[tuple[str, str], str], vocabulary: Vocabulary
) -> None:
    text = re.sub(r"- Vacancy rates when.*", f"- {sentence}", SHORT.read_text(encoding="utf-8"))
    found = values(read_lines(text, vocabulary), "staffing", "measure_id", "grade_id")

    assert {row: found.get(row) for row in expected} == expected


# ---------------------------------------------------------------------- what is written in is what is read out


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), path=st.sampled_from(ALL))
def test_whatever_the_percentages_they_come_out(seed: int, path: Path, vocabulary: Vocabulary) -> None:
    generator = random.Random(seed)
    text = re.sub(r"(?<=\t)\d+%", lambda _: f"{generator.randint(0, 100)}%", path.read_text(encoding="utf-8"))
    reading = read_lines(text, vocabulary)
    lines = text.split("\n")

    for table in ("key_questions", "prompts", "staffing", "case_characteristics", "criterion_scores"):
        for row in rows(reading, table):
            line = lines[int(row["line_number"]) - 1]
            if "\t" in line:
                assert row["as_printed"] in line.split("\t")[1:]
    counts = {table: len(found) for table, found in reading.rows.items()}
    assert counts == {
        t: len(found) for t, found in read_lines(path.read_text(encoding="utf-8"), vocabulary).rows.items()
    }
