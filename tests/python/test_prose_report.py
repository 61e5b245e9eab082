"""Figures of running text in a whole report: rows, numbers that became none, and those accepted before."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdu_inspections.reader.document import Document, Line
from pdu_inspections.reader.prose import candidate_rows, figure_lines, filter_new_candidates, find_figures
from pdu_inspections.reader.prose.questions import Result, match_question, stems
from pdu_inspections.reader.report import Report
from pdu_inspections.reader.tables.inspection_facts import read_counts
from pdu_inspections.reader.vocabulary import Vocabulary, read_csv
from tests.python.test_prose import printed_value, reasons
from tests.support.contract import BY_NAME


def report_of(text: str, project_root: Path) -> Report:
    lines = tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1))
    return Report(Document("a.txt", "a", "", "text", lines), Vocabulary(project_root), "", "")


def test_number_that_became_nothing_is_listed_with_its_line(project_root: Path) -> None:
    report = report_of("The plans came back from 73 there.\n\nThe unit has two offices.", project_root)
    reading = find_figures(report)

    assert [(left.line, left.text) for left in figure_lines(reading, {})] == [(1, "The plans came back from 73 there.")]


def test_line_whose_number_a_row_holds_is_not_listed(project_root: Path) -> None:
    report = report_of("The plans came back from 73 there.", project_root)
    row = {"line_number": "1", "column_number": "26", "as_printed": "73"}

    assert figure_lines(find_figures(report), {"caseloads": [row]}) == []


def test_reason_is_kept_for_numbers_that_became_nothing() -> None:
    assert reasons("In the last 12 months 73 came.") == {"12": "span of time", "73": "neither unit nor base found"}


def test_sentences_in_cells_of_a_table_are_read(project_root: Path) -> None:
    cell = "A body that took over the work of others; there were 21 CRCs in the whole of the country then."
    reading = find_figures(report_of(f"CRC\t{cell}", project_root))

    assert [printed_value(candidate.values()) for candidate in reading.candidates] == ["21 organisations"]


def test_base_smaller_than_the_sample_limits_to_relevant_cases(project_root: Path) -> None:
    report = report_of("We inspected 79 cases in all.\n\nPlans were good in 28 out of 69 cases.", project_root)
    read_counts(report)

    assert find_figures(report).candidates[-1].values()["case_group_id"] == "relevant"


@pytest.mark.parametrize(
    ("text", "heading", "question"),
    [
        ("We found this in just nine per cent of cases.", "f.2.4", "f.2.4.3"),
        ("We found this in just nine per cent of cases.", "f.2.3", None),
        ("Contact to manage the risk of harm was enough in 28 out of 60 cases.", "f.2.4", "f.2.4.3.1"),
        ("Contact to reduce reoffending was enough in 28 out of 60 cases.", "f.2.4", "f.2.4.2.1"),
    ],
)
def test_share_is_of_a_question_under_its_heading_or_of_its_subject(
    text: str, heading: str, question: str | None, project_root: Path
) -> None:
    texts = {
        "f.2.4.3": ("Does delivery support the safety of other people?", 9.0),
        "f.2.4.2.1": ("Is the contact enough to reduce reoffending?", 52.0),
        "f.2.4.3.1": ("Is the contact enough to manage the risk of harm?", 52.0),
    }
    results = [
        Result(name, "f.2.4", pct, dict.fromkeys(stems(words), 1.0), frozenset(), "inspected_cases")
        for name, (words, pct) in texts.items()
    ]
    candidate = find_figures(report_of(text, project_root)).candidates[-1]

    match = match_question(candidate, "inspected_cases", heading, results)
    assert (match.result.question_id if match else None) == question


def test_accepted_figure_is_not_proposed_again(project_root: Path) -> None:
    report = report_of("Half of the plans were late.\n\nA third of the visits were missed.", project_root)
    proposed = candidate_rows(report, find_figures(report))[0]

    left = filter_new_candidates(proposed, [{**proposed[0], "as_printed": "Half of the plans"}])

    assert [row["as_printed"] for row in left] == ["A third"]


def test_figure_accepted_in_another_document_is_proposed(project_root: Path) -> None:
    report = report_of("Half of the plans were late.", project_root)
    proposed = candidate_rows(report, find_figures(report))[0]

    assert filter_new_candidates(proposed, [{**proposed[0], "document_id": "b"}]) == proposed


def test_candidate_rows_fit_the_contract(project_root: Path) -> None:
    report = report_of("Plans were good in 28 out of 69 cases we inspected.", project_root)
    rows = candidate_rows(report, find_figures(report))[0]

    assert [tuple(row) for row in rows] == [BY_NAME["reported_figures"].column_names]
    for column in BY_NAME["reported_figures"].columns:
        value = rows[0][column.name]
        if value and column.references and column.references[0] not in ("inspections", "documents"):
            table, name = column.references
            assert value in {row[name] for row in read_csv(project_root, table)}, column.name


def test_real_report_gives_its_figures_back(reports_dir: Path, project_root: Path) -> None:
    pytest.importorskip("tests.campaigns.prose.measure")
    from tests.campaigns.prose.measure import curated_figures, measure

    curated = curated_figures(project_root)
    for file in sorted(reports_dir.glob("*.txt")):
        if file.stem in curated:
            measured = measure(file, curated[file.stem], project_root)
            assert len(measured.found) >= 0.95 * len(measured.curated), file.stem
            assert len(measured.found) >= 0.85 * len(measured.proposals), file.stem
