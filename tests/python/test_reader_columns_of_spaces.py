"""Text set in columns by other tools, and tables whose heads, marks or words of status are easily misread."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdu_inspections.reader.document import Line
from pdu_inspections.reader.footnotes import find_sunken_marks
from pdu_inspections.reader.formats import open_report
from pdu_inspections.reader.read import read_report
from pdu_inspections.reader.reading import Reading
from pdu_inspections.reader.vocabulary import Vocabulary
from tests.support.reader_help import ROOT, printed, read_lines, rows

COVER = """HM Inspectorate of Probation
An inspection of probation services in:
Ashmere PDU
HM Inspectorate of Probation, March 2024

Ratings

Fieldwork started January 2024

Score 2/21

Overall rating

Inadequate

2. Service delivery

P 2.1 Assessment

"""
LAYOUT = """\
  Question                                   Previous                 This
                                             inspection    Target     inspection
  Does assessment focus sufficiently on
                                             61%           65%        8%
  engaging the person on probation?
  Does assessment focus sufficiently on
  the factors linked to offending and        12%           24%        92%
  desistance?

  Nothing else is said.
\f"""
RULED = """\
  ------------------------------------------------------
  Question                    This PDU        All PDUs
                                              inspected
  --------------------------- --------------- ----------
  Does assessment focus       Not provided    57%
  sufficiently on engaging
  the person on probation?

  Does assessment focus       41%             63%
  sufficiently on keeping
  other people safe?
  ------------------------------------------------------
"""
GRID = """\
+---------------------+-----------------+----------------+
| Question            | This PDU        | All PDUs       |
+=====================+=================+================+
| <div>               | 41%             | <div>          |
|                     |                 |                |
| Does assessment     |                 | Not            |
| focus sufficiently  |                 | available      |
| on engaging the     |                 |                |
| person on probation |                 | </div>         |
| </div>              |                 |                |
+---------------------+-----------------+----------------+
| Does assessment     | 8%              | 57%            |
| focus sufficiently  |                 |                |
| on keeping other    |                 |                |
| people safe?        |                 |                |
+---------------------+-----------------+----------------+
"""
SIMPLE = """\
  Standard         Rating
  ---------------- ----------
  P 2.1 Assessment Inadequate
  P 2.2 Planning   Good

The table says no more.
"""


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(ROOT)


def read_file(tmp_path: Path, text: str, vocabulary: Vocabulary) -> Reading:
    path = tmp_path / "ashmere_pdu_2024.txt"
    path.write_text(text, encoding="utf-8")
    return read_report(open_report(path), vocabulary)


def found(reading: Reading) -> dict[str, str]:
    return {question[-5:]: value for (question,), value in printed(reading, "key_questions", "question_id").items()}


def comparators(reading: Reading) -> dict[tuple[str, ...], str]:
    read = printed(reading, "comparators", "question_id", "comparator_id")
    return {(question[-5:], party): value for (question, party), value in read.items()}


def test_rows_on_several_lines_are_read_with_the_figures_beside_any_of_them(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    reading = read_file(tmp_path, COVER + LAYOUT, vocabulary)

    assert found(reading) == {"2.1.1": "8%", "2.1.2": "92%"}
    assert comparators(reading) == {
        ("2.1.1", "previous_inspection"): "61%",
        ("2.1.1", "target"): "65%",
        ("2.1.2", "previous_inspection"): "12%",
        ("2.1.2", "target"): "24%",
    }


def test_tables_between_rulers_are_read_by_the_columns_of_the_ruler(tmp_path: Path, vocabulary: Vocabulary) -> None:
    reading = read_file(tmp_path, COVER + RULED, vocabulary)

    assert found(reading) == {"2.1.1": "Not provided", "2.1.3": "41%"}
    assert comparators(reading) == {("2.1.1", "all_pdus"): "57%", ("2.1.3", "all_pdus"): "63%"}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_tables_drawn_with_signs_are_read_by_their_corners(
    line_end: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    path = tmp_path / "ashmere_pdu_2024.txt"
    path.write_bytes((COVER + GRID).replace("\n", line_end).encode())
    reading = read_report(open_report(path), vocabulary)

    assert found(reading) == {"2.1.1": "41%", "2.1.3": "8%"}
    assert comparators(reading) == {("2.1.1", "all_pdus"): "Not available", ("2.1.3", "all_pdus"): "57%"}


def test_rows_of_a_drawn_table_without_rules_between_them_are_rows_of_their_own(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    questions = [
        f"Does assessment focus sufficiently on {rest}?"
        for rest in ("engaging the person on probation", "keeping other people safe")
    ]
    cells = [("Question", "This PDU"), *zip(questions, ("41%", "8%"), strict=True)]
    rule = f"+{'-' * 80}+{'-' * 12}+\n"
    head, *body = (f"| {label:78} | {figure:10} |\n" for label, figure in cells)

    assert found(read_file(tmp_path, COVER + rule + head + rule + "".join(body) + rule, vocabulary)) == {
        "2.1.1": "41%",
        "2.1.3": "8%",
    }


def test_cells_of_a_simple_table_may_stand_one_space_apart(tmp_path: Path, vocabulary: Vocabulary) -> None:
    before, after = COVER.split("2. Service delivery")
    reading = read_file(tmp_path, f"{before}{SIMPLE}\n2. Service delivery{after}", vocabulary)

    ratings = printed(reading, "ratings", "standard_id", "place")
    assert ratings[("pdu_2023.2.1", "summary")] == "Inadequate"
    assert ratings[("pdu_2023.2.2", "summary")] == "Good"


def test_a_delivery_unit_is_a_body_and_no_unit_of_measurement(vocabulary: Vocabulary) -> None:
    question = "Does assessment focus sufficiently on engaging the person on probation?"
    head = "Question\tRegional figure\tThis probation delivery unit"
    reading = read_lines(f"{COVER}{head}\n{question}\t57%\t41%\n", vocabulary)

    assert found(reading) == {"2.1.1": "41%"}


def test_no_other_column_is_taken_where_the_bodys_own_cannot_be_read(vocabulary: Vocabulary) -> None:
    question = "Does assessment focus sufficiently on engaging the person on probation?"
    reading = read_lines(
        f"{COVER}Question\tAll PDUs\tFigure\tThis PDU: change\n{question}\t57%\t30%\t41%\n", vocabulary
    )

    assert found(reading) == {}


def test_heads_on_two_lines_are_one_head_whether_or_not_the_last_fills_every_column(vocabulary: Vocabulary) -> None:
    question = "Does assessment focus sufficiently on engaging the person on probation?"
    text = f"{COVER}Question\tAshmere\tAll PDUs\tTarget\n\tPDU\n{question}\t41%\t57%\t80%\n"
    reading = read_lines(text, vocabulary)

    assert found(reading) == {"2.1.1": "41%"}
    assert comparators(reading) == {("2.1.1", "all_pdus"): "57%", ("2.1.1", "target"): "80%"}


def test_a_head_of_bars_with_an_empty_first_cell_heads_the_columns_below_it(vocabulary: Vocabulary) -> None:
    question = "Does assessment focus sufficiently on engaging the person on probation?"
    reading = read_lines(f"{COVER}|  | All PDUs | This PDU |\n| {question} | 57% | 41% |\n", vocabulary)

    assert found(reading) == {"2.1.1": "41%"}
    assert comparators(reading) == {("2.1.1", "all_pdus"): "57%"}


def test_yes_beside_a_column_of_per_cent_is_a_number_of_cases(vocabulary: Vocabulary) -> None:
    question = "Does assessment focus sufficiently on engaging the person on probation?"
    reading = read_lines(f"{COVER}Question\tn\tYes\t%\n{question}\t49\t20\t41%\n", vocabulary)

    assert found(reading) == {"2.1.1": "41%"}


def test_a_word_of_status_is_a_row_with_its_place(vocabulary: Vocabulary) -> None:
    question = "Does assessment focus sufficiently on engaging the person on probation?"
    reading = read_lines(f"{COVER}Question\t% yes\n{question}\tNot available\n", vocabulary)

    row = rows(reading, "key_questions")[0]
    assert (row["as_printed"], row["value_status"]) == ("Not available", "not_available")
    assert (row["line_number"], row["column_number"]) == ("21", str(len(question) + 2))


def test_a_number_that_may_end_in_the_mark_of_a_note_is_shown_and_not_taken(vocabulary: Vocabulary) -> None:
    measure = "Average caseload per PO (FTE)"
    note = "7 The figures of one office were added later by hand."
    text = COVER + "Annexe two: Staffing and workload data\n\nKey staffing data\n\nMeasure\tThis PDU\n"
    reading = read_lines(f"{text}{measure}\t43.97\n\n{note}\n", vocabulary)

    assert rows(reading, "staffing") == []
    assert any("43.97 may be 43.9 with the mark of footnote 7" in notice.message for notice in reading.notices)


def test_a_mark_that_is_seen_elsewhere_leaves_a_number_with_a_notice(vocabulary: Vocabulary) -> None:
    text = COVER + "Annexe two: Staffing and workload data\n\nKey staffing data\n\nMeasure\tThis PDU\n"
    reading = read_lines(
        f"{text}Vacancy rate (all staff)7\t12%\nAverage caseload per PO (FTE)\t127\n\n"
        "7 The figures of one office were added later by hand.\n",
        vocabulary,
    )

    assert printed(reading, "staffing", "measure_id")["average_caseload",] == "127"
    assert any("127 may be 12 with the mark of footnote 7" in notice.message for notice in reading.notices)


@pytest.mark.parametrize("note", ["⁷ The figures of one office were added later.", "7. Reviewing", "7 Reviewing"])
def test_raised_marks_items_and_headings_are_no_sunken_marks(note: str) -> None:
    assert find_sunken_marks([Line(1, "Average caseload\t127"), Line(2, note)]) == {}
