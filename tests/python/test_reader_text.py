"""Markup, footnote marks, numbers and dates, and the way back to where they are printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdu_inspections.reader.dates import PartialDate, complete, parse_date
from pdu_inspections.reader.document import Line
from pdu_inspections.reader.figures import cell_figure, plain_number, trailing_figure
from pdu_inspections.reader.text import clean_text, normalise, similarity


@pytest.mark.parametrize(
    ("raw", "text", "marks"),
    [
        ("Characteristics of inspected cases⁵", "Characteristics of inspected cases", ["5"]),
        ("caseload is 15,372³, with", "caseload is 15,372, with", ["3"]),
        ("<b>Good<sup>24</sup></b>", "Good", ["24"]),
        ("probation. **Inadequate**", "probation. Inadequate", []),
        ("considered? * **", "considered? * **", []),
        ("made? **", "made? **", []),
        ("HMP Hewell &amp; others", "HMP Hewell & others", []),
        (r"Glossary \(online\)", "Glossary (online)", []),
        ("two  spaces", "two spaces", []),
        ("no\u00a0break", "no break", []),
        ("data¹⁸", "data", ["18"]),
    ],
)
def test_markup_and_footnote_marks_are_left_out(raw: str, text: str, marks: list[str]) -> None:
    cleaned = clean_text(Line(1, raw))

    assert cleaned.text == text
    assert [mark.number for mark in cleaned.marks] == marks


@given(st.text(alphabet="ab1 %*<>/sup&;\\²³\u00a0é\t", max_size=60))
def test_every_clean_character_leads_back_to_the_printed_one(raw: str) -> None:
    cleaned = clean_text(Line(1, raw))

    for index, character in enumerate(cleaned.text):
        at = cleaned.raw_at(index)
        assert raw[at] in (character, "\u00a0", "&")
        assert cleaned.place(index, index + 1).column == at + 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("court's decision-making?", "court’s decision‑making?"),
        ("'Requires improvement'", "Requires  Improvement"),
        ("Staffordshire & West Midlands CRC", "Staffordshire and West Midlands CRC"),
        ("licence/post-sentence", "licence / post sentence"),
    ],
)
def test_quotes_dashes_case_and_spaces_make_no_difference(left: str, right: str) -> None:
    assert normalise(left) == normalise(right)


def test_likeness_is_whole_for_the_same_and_small_for_strangers() -> None:
    assert similarity("a b c", "a b c") == 1.0
    assert similarity("vacancy rate", "does planning build on strengths") < 0.3


@pytest.mark.parametrize(
    ("cell", "value", "unit", "status"),
    [
        ("57%", "57", "per_cent", "reported"),
        (" 39.17% ", "39.17", "per_cent", "reported"),
        ("16.6 per cent", "16.6", "per_cent", "reported"),
        ("43.9", "43.9", None, "reported"),
        ("1,312", "1312", None, "reported"),
        ("12 weeks", "12", "weeks", "reported"),
        ("61%7", "61", "per_cent", "reported"),
        ("2,9768", "2976", None, "reported"),
        ("Not provided", "", None, "not_provided"),
        ("not available", "", None, "not_available"),
        ("Data not provided", "", None, "not_provided"),
        ("N/A", "", None, "not_applicable"),
    ],
)
def test_a_cell_that_is_a_figure_is_read(cell: str, value: str, unit: str | None, status: str) -> None:
    figure = cell_figure(cell)

    assert figure is not None
    assert (figure.value, figure.unit, figure.status) == (value, unit, status)


@pytest.mark.parametrize("cell", ["", "  ", "Good", '% "Yes"', "5 of 6", "<50%", "1,2", "12345a"])
def test_a_cell_that_is_no_figure_is_none(cell: str) -> None:
    assert cell_figure(cell) is None


@given(st.decimals(min_value=0, max_value=100, places=1))
def test_a_printed_percentage_comes_back_whole(number: object) -> None:
    figure = cell_figure(f"{number}%")

    assert figure is not None
    assert figure.value == str(number)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("15,372", "15372"),
        ("Twenty-seven", "27"),
        ("eight", "8"),
        ("sixty two", "62"),
        ("007", "7"),
        ("39.10", "39.10"),
    ],
)
def test_numbers_in_digits_and_words(text: str, number: str) -> None:
    assert plain_number(text) == number


def test_a_word_that_is_no_number_is_an_error() -> None:
    with pytest.raises(ValueError, match="not a number"):
        plain_number("several")


def test_a_figure_at_the_end_of_an_untabbed_line_is_found() -> None:
    assert trailing_figure("Average caseload per PO (FTE) 36.4") == 30
    assert trailing_figure("We looked at many things.") is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("27 June 2022", PartialDate(2022, 6, 27)),
        ("27th June 2022", PartialDate(2022, 6, 27)),
        ("29 November", PartialDate(None, 11, 29)),
        ("01", PartialDate(None, None, 1)),
        ("JULY 2019", PartialDate(2019, 7, None)),
        ("41 June", None),
        ("soon", None),
    ],
)
def test_dates_and_parts_of_dates(text: str, date: PartialDate | None) -> None:
    assert parse_date(text) == date


def test_months_and_years_are_taken_from_the_date_after() -> None:
    parts = [PartialDate(None, None, 1), PartialDate(2021, 11, 7), PartialDate(None, 11, 29), PartialDate(2021, 12, 5)]

    assert [str(date) for date in complete(parts) or []] == ["2021-11-01", "2021-11-07", "2021-11-29", "2021-12-05"]


def test_a_start_later_in_the_year_than_its_end_lies_a_year_before() -> None:
    assert [str(d) for d in complete([PartialDate(None, 12, None), PartialDate(2022, 1, None)]) or []] == [
        "2021-12",
        "2022-01",
    ]


def test_a_date_without_a_year_anywhere_stays_open() -> None:
    assert complete([PartialDate(None, 3, 1)]) is None
