"""The habits of real reports: marks, quotes, dashes, spaces, wrapping and order change no figure that is read."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pdu_inspections.reader.report import Reading
from pdu_inspections.reader.text import SUPERSCRIPTS
from pdu_inspections.reader.vocabulary import Vocabulary
from tests.support.contract import BY_NAME
from tests.support.reader_help import ALL, CRC, LONG, SHORT, read_lines, rows, values, write_project

SAID = ("value", "value_status", "rating_id", "progress_id", "addressee_id", "footnote_mark", "low_pct", "high_pct")
IN_PRINT_ONLY = ("key_questions", "prompts", "criterion_scores")
Change = Callable[[str], str]


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    return Vocabulary(write_project(tmp_path_factory.mktemp("project") / "project"))


def all_rows(reading: Reading) -> dict[tuple[str, ...], str]:
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


# ---------------------------------------------------------------------- changes of habit


def curly_quotes(text: str) -> str:
    return re.sub(r"(?<=\w)'(?=\w)", "’", text).replace("'Yes'", "‘Yes’").replace('"Yes"', "“Yes”")


def other_hyphens(text: str) -> str:
    return re.sub(r"(?<=[a-z])-(?=[a-z])", "‑", text).replace(" – ", " — ")


def html_marks(text: str) -> str:
    return re.sub(
        f"[{SUPERSCRIPTS}]+",
        lambda m: "<sup>" + "".join(str(SUPERSCRIPTS.index(c)) for c in m.group()) + "</sup>",
        text,
    )


def raised_marks(text: str) -> str:
    return re.sub(r"<sup>(\d+)</sup>", lambda m: "".join(SUPERSCRIPTS[int(c)] for c in m.group(1)), text)


def hard_spaces(text: str) -> str:
    return re.sub(r"(?<=[a-z]) (?=of|the|in\b)", "\u00a0", text)


def double_spaces(text: str) -> str:
    return re.sub(r"(?<=[a-z]) (?=of|the|in\b)", "  ", text)


def spaced_tabs(text: str) -> str:
    return text.replace("\t", " \t ")


def bars(text: str) -> str:
    return "\n".join(f"| {line.replace(chr(9), ' | ')} |" if "\t" in line else line for line in text.split("\n"))


def columns_of_spaces(text: str) -> str:
    is_row = re.compile(r"^[^\t]+\t[^\t]+$")
    return "\n".join(line.replace("\t", "      ") if is_row.match(line) else line for line in text.split("\n"))


def per_cent_in_words(text: str) -> str:
    return re.sub(r"(?<=\t)([\d.]+)%", r"\1 per cent", text)


def spaced_per_cent(text: str) -> str:
    return re.sub(r"(?<=\t)([\d.]+)%", r"\1 %", text)


def bold_figures(text: str) -> str:
    return re.sub(r"(?<=\t)([\d.]+%)", r"**\1**", text)


def underlined_figures(text: str) -> str:
    return re.sub(r"(?<=\t)([\d.]+%)", r"__\1__", text)


def ratings_after_a_word(text: str) -> str:
    return re.sub(r"(?m)^(?=(?:Outstanding|Good|Requires improvement|Inadequate)$)", "Rated ", text)


def html_tables(text: str) -> str:
    return _rows(text, lambda cells: f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")


def counts_before_percentages(text: str) -> str:
    return re.sub(r"(?m)^([^\t\n]+\?[* ]*)\t(\d+%)$", r"\1\t37\t\2", text)


def counts_after_percentages(text: str) -> str:
    return re.sub(r"(?m)^([^\t\n]+\?[* ]*)\t(\d+%)$", r"\1\t\2\t37", text)


def contents_as_links(text: str) -> str:
    return re.sub(r"(?m)^(.*\S)\t(\d+)$", r"[\1](#page\2)\t\2", text[: _body(text)]) + text[_body(text) :]


def other_numbering(text: str) -> str:
    return re.sub(r"(?m)^(\d\.\d)\. ", r"\1 ", text)


def markdown_headings(text: str) -> str:
    return re.sub(r"(?m)^(\d\.\d\.? [A-Z][a-z ]+)$", r"### \1", text)


def annexes(text: str) -> str:
    return text.replace("Annexe", "Annex")


def windows_lines(text: str) -> str:
    return text.replace("\n", "\n\n").replace("\n\n\n\n", "\n\n")


def trailing_spaces(text: str) -> str:
    return re.sub(r"(?m)$", "  ", text)


def wrapped_sentences(text: str) -> str:
    return "\n".join(_wrap(line, 72) if "\t" not in line else line for line in text.split("\n"))


def wrapped_labels_figure_last(text: str) -> str:
    return _wrap_rows(text, lambda lines, figure: "\n".join([*lines[:-1], f"{lines[-1]}\t{figure}"]))


def wrapped_labels_figure_first(text: str) -> str:
    return _wrap_rows(text, lambda lines, figure: "\n".join([f"{lines[0]}\t{figure}", *lines[1:]]))


def running_heads(text: str) -> str:
    lines = text.split("\n")
    pages = ["\n".join(lines[at : at + 45]) for at in range(0, len(lines), 45)]
    return "\n".join(f"{page}\n\nInspection of probation services {number}\n" for number, page in enumerate(pages, 2))


def shuffled_rows(text: str) -> str:
    """Rows of each unbroken run of questions in another order."""
    return re.sub(r"(?m)(?:^.*\?.*\t\d+%\n){2,}", lambda m: "".join(sorted(m.group().splitlines(True))), text)


def _body(text: str) -> int:
    """Where the text goes on after its contents list."""
    contents = re.search(r"(?mi)^\W*contents\W*\n\s*", text)
    assert contents is not None
    return text.index("\n\n", contents.end())


def _rows(text: str, change: Callable[[list[str]], str]) -> str:
    head, body = text[: _body(text)], text[_body(text) :]
    return head + "\n".join(change(line.split("\t")) if "\t" in line else line for line in body.split("\n"))


def _wrap(line: str, width: int) -> str:
    return re.sub(rf"(.{{1,{width}}}) ", r"\1\n", line) if len(line) > width else line


def _wrap_rows(text: str, join: Callable[[list[str], str], str]) -> str:
    def wrapped(line: str) -> str:
        label, _, figure = line.partition("\t")
        lines = _wrap(label, 55).split("\n")
        is_row = line.count("\t") == 1 and label and figure and len(lines) > 1 and "<" not in line
        return join(lines, figure) if is_row else line

    return "\n".join(wrapped(line) for line in text.split("\n"))


CHANGES: tuple[Change, ...] = (
    curly_quotes,
    other_hyphens,
    html_marks,
    raised_marks,
    hard_spaces,
    double_spaces,
    spaced_tabs,
    bars,
    columns_of_spaces,
    per_cent_in_words,
    spaced_per_cent,
    bold_figures,
    underlined_figures,
    ratings_after_a_word,
    html_tables,
    counts_before_percentages,
    counts_after_percentages,
    contents_as_links,
    other_numbering,
    markdown_headings,
    annexes,
    windows_lines,
    trailing_spaces,
    wrapped_sentences,
    wrapped_labels_figure_last,
    wrapped_labels_figure_first,
    running_heads,
    shuffled_rows,
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_habit_changes_no_figure(path: Path, change: Change, vocabulary: Vocabulary) -> None:
    text = path.read_text(encoding="utf-8")

    assert all_rows(read_lines(change(text), vocabulary)) == all_rows(read_lines(text, vocabulary))


_ORDER = (shuffled_rows, wrapped_labels_figure_last, wrapped_sentences, curly_quotes, other_hyphens, html_marks)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_habits_together_change_no_figure(data: st.DataObject, vocabulary: Vocabulary) -> None:
    text = data.draw(st.sampled_from(ALL)).read_text(encoding="utf-8")
    changed = text
    for change in _ORDER:
        if data.draw(st.booleans()):
            changed = change(changed)
    for change in data.draw(st.permutations([hard_spaces, spaced_tabs, bold_figures, other_numbering, annexes]))[:3]:
        changed = change(changed)

    assert all_rows(read_lines(changed, vocabulary)) == all_rows(read_lines(text, vocabulary))


def test_a_report_without_a_contents_list_gives_the_same_figures(vocabulary: Vocabulary) -> None:
    text = LONG.read_text(encoding="utf-8")
    start = text.index("\nContents\n")

    assert all_rows(read_lines(text[:start] + text[_body(text) :], vocabulary)) == all_rows(
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
