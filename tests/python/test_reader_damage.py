"""Damaged reports: no crash, and no figure moves to another question or standard in silence."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pdu_inspections.errors import InputError
from pdu_inspections.reader.vocabulary import Vocabulary
from tests.campaigns.reader.damage import damaged
from tests.support.reader_help import ALL, CRC, ESI, LONG, SHORT, printed, read_lines, rows, values, write_project


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    return Vocabulary(write_project(tmp_path_factory.mktemp("project") / "project"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), path=st.sampled_from(ALL))
def test_a_damaged_report_is_read_or_refused(seed: int, path: Path, vocabulary: Vocabulary) -> None:
    lines = damaged(path.read_text(encoding="utf-8"), random.Random(seed)).lines
    try:
        reading = read_lines("\n".join(lines), vocabulary)
    except InputError as error:
        assert error.problems
        return

    for found in reading.rows.values():
        for row in found:
            assert lines[int(row["line_number"]) - 1][int(row["column_number"]) - 1 :].startswith(row["as_printed"])


@given(content=st.text(max_size=300))
def test_any_text_is_read_or_refused(content: str, vocabulary: Vocabulary) -> None:
    with pytest.raises(InputError):
        read_lines(content, vocabulary)


def test_questions_under_a_lost_heading_stay_their_own(vocabulary: Vocabulary) -> None:
    text = SHORT.read_text(encoding="utf-8")
    chapter = text.index("2. Court work and case supervision\n\n2.1. Court work")
    reading = read_lines(text[:chapter] + text[chapter:].replace("2.3. Planning\n", "\n"), vocabulary)

    found = printed(reading, "key_questions", "question_id")
    assert (found["pdu_2021.2.2.3",], found["pdu_2021.2.3.3",]) == ("31%", "51%")
    assert any("pdu_2021.2.3.3 stands under the heading '2.2. Assessment'" in n.message for n in reading.notices)


def test_a_rating_that_is_lost_is_told_and_not_taken_from_the_next(vocabulary: Vocabulary) -> None:
    text = SHORT.read_text(encoding="utf-8")
    reading = read_lines(text.replace("1.1 Leadership\n\nInadequate\n", "1.1 Leadership\n\n", 1), vocabulary)

    assert ("summary", "pdu_2021.1.1") not in printed(reading, "ratings", "place", "standard_id")
    assert "no rating found in the summary of 1.1 Leadership" in [notice.message for notice in reading.notices]


def test_an_overall_rating_that_is_lost_is_not_taken_from_the_first_standard(vocabulary: Vocabulary) -> None:
    text = CRC.read_text(encoding="utf-8").replace("Overall rating\n\nRequires improvement\n", "Overall rating\n")
    reading = read_lines(text, vocabulary)

    assert "overall" not in {row["standard_id"] for row in rows(reading, "ratings")}
    assert "no overall rating found" in [notice.message for notice in reading.notices]


def test_ratings_that_disagree_are_told(vocabulary: Vocabulary) -> None:
    text = SHORT.read_text(encoding="utf-8").replace(
        "1.4 Information and facilities\n\nGood", "1.4 Information and facilities\n\nOutstanding"
    )
    reading = read_lines(text, vocabulary)

    assert "ratings of 1.4 Information and facilities disagree: Outstanding in the summary, Good in the chapter" in [
        notice.message for notice in reading.notices
    ]


def test_scores_that_disagree_are_told(vocabulary: Vocabulary) -> None:
    text = ESI.read_text(encoding="utf-8").replace("\t\tFollow-up inspection\t66%", "\t\tFollow-up inspection\t69%")
    reading = read_lines(text, vocabulary)

    assert any(
        "esi_2003.B3, hillshire_area_2006: 66% in the summary, 69% in the chapter" in n.message for n in reading.notices
    )


def test_a_percentage_is_no_caseload(vocabulary: Vocabulary) -> None:
    text = CRC.read_text(encoding="utf-8").replace("**5,608**", "**56%**")
    reading = read_lines(text, vocabulary)

    facts = values(reading, "contextual_facts", "measure_id", "population_id", "figure_role")
    assert ("caseload_total", "caseload", "value") not in facts
    assert [proposal.wording for proposal in reading.proposals] == [
        "The number of individuals supervised by Eastvale and Norham CRC"
    ]


def test_a_contextual_figure_that_is_lost_moves_no_other(vocabulary: Vocabulary) -> None:
    text = CRC.read_text(encoding="utf-8")
    facts = values(read_lines(text, vocabulary), "contextual_facts", "measure_id", "population_id", "figure_role")
    left = read_lines(text.replace("**41.7%**\n", "\n"), vocabulary)

    del facts["proven_reoffending_adjusted", "caseload", "value"]
    assert values(left, "contextual_facts", "measure_id", "population_id", "figure_role") == facts
    assert any("a caption without a figure of its own" in notice.message for notice in left.notices)


def test_findings_without_their_recommendation_are_told(vocabulary: Vocabulary) -> None:
    text = LONG.read_text(encoding="utf-8").replace(
        "Recommendation from NPS Midlands Inspection Report (2018):\n", "\n"
    )
    reading = read_lines(text, vocabulary)

    assert "3 findings on progress, but 2 earlier recommendations" in [notice.message for notice in reading.notices]


def test_a_rating_below_a_heading_that_was_moved_is_not_taken_from_the_bands_or_the_whole(
    vocabulary: Vocabulary,
) -> None:
    text = CRC.read_text(encoding="utf-8")
    whole = printed(read_lines(text, vocabulary), "ratings", "place", "standard_id")
    heading = "\n<b>2.1. Assessment</b>\t\n"
    for line in ("Lowest banding (key question level)", "Overall, Eastvale and Norham"):
        reading = read_lines(text.replace(f"\n{line}", f"{heading}\n{line}", 1), vocabulary)
        assert printed(reading, "ratings", "place", "standard_id") == whole


def test_a_follow_up_on_nothing_is_refused(vocabulary: Vocabulary) -> None:
    text = ESI.read_text(encoding="utf-8").replace("Hillshire Probation Area\n", "<b>\n", 1)

    with pytest.raises(InputError, match="names no inspected body"):
        read_lines(text, vocabulary)
