"""Figures in running text, as properties: what is written in is what is read out, and nothing else is."""

from __future__ import annotations

import string
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pdu_inspections.reader.document import Line
from pdu_inspections.reader.passages import join_lines
from pdu_inspections.reader.prose import read_prose
from pdu_inspections.reader.prose.tokens import numbers
from pdu_inspections.reader.text import clean_text
from pdu_inspections.reader.vocabulary import SeedRow

_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = [
    "ten",
    "eleven",
    "twelve",
    *(f"{stem}teen" for stem in ("thir", "four", "fif", "six", "seven", "eigh", "nine")),
]
_TENS = [f"{stem}ty" for stem in ("twen", "thir", "for", "fif", "six", "seven", "eigh", "nine")]
_HEDGES = {
    "": "",
    "almost ": "almost",
    "nearly ": "almost",
    "less than ": "less_than",
    "just over ": "just_over",
    "more than ": "over",
    "at least ": "at_least",
    "up to ": "up_to",
    "around ": "about",
    "only ": "only",
}
_NOUNS = {
    "cases": "cases",
    "probation practitioners": "people",
    "court reports": "reports",
    "prisons": "sites",
    "vacancies": "posts",
    "district councils": "organisations",
}
_WORDS = (
    "work plans the quality of support is often weighty and lonely bone attend someone alone phone stone height "
    "canine network freight quartered behalf halfway tents"
)
_FILLERS = _WORDS.split()
_PIECES = (
    *_FILLERS, *_ONES, *_TENS, "half", "a third", "12", "4.5", "%", "per cent", "in", "(", ")", "cases", "staff",
    "only", "over", ".", ",", "of these", "June", "2022", '"', "'", "-", "£", "/",
)  # fmt: skip


def words_for(number: int) -> str:
    """A number below a hundred in words."""
    if number < 20:
        return (_ONES + _TEENS)[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens - 2] + (f"-{_ONES[ones]}" if ones else "")


def read(text: str, printed: str | None = None) -> list[SeedRow]:
    line = Line(1, printed or text)
    return [
        candidate.values()
        for candidate in read_prose([join_lines((clean_text(line),))], lambda _: "1. Staff").candidates
    ]


counts = st.integers(2, 99)
bases = st.integers(2, 99).flatmap(lambda base: st.tuples(st.integers(2, base), st.just(base)))
spellings = st.sampled_from((str, words_for))
hedges = st.sampled_from(sorted(_HEDGES))
fillers = st.lists(st.sampled_from(_FILLERS), min_size=1, max_size=12).map(" ".join)


@given(counts, spellings, hedges, st.sampled_from(["%", " per cent", " percent"]))
def test_percentage_is_read_back(number: int, spell: object, hedge: str, unit: str) -> None:
    assert callable(spell)
    mark = unit if spell is str or unit != "%" else " per cent"

    (row,) = read(f"The plan was late in {hedge}{spell(number)}{mark} of files.")

    assert (row["value_pct"], row["hedge_id"], row["value"]) == (str(number), _HEDGES[hedge], "")


@given(bases, spellings, spellings, hedges, st.sampled_from(["of", "out of", "of the", "out of the", "of our"]))
def test_x_of_y_is_read_back(pair: tuple[int, int], spell: object, spell_base: object, hedge: str, joint: str) -> None:
    assert callable(spell) and callable(spell_base)
    part, base = pair

    (row,) = read(f"The plan was late for {hedge}{spell(part)} {joint} {spell_base(base)} files.")

    assert (row["numerator_n"], row["denominator_n"], row["hedge_id"]) == (str(part), str(base), _HEDGES[hedge])


@given(bases, st.integers(0, 100))
def test_x_of_y_with_its_percentage_is_one_figure(pair: tuple[int, int], percent: int) -> None:
    part, base = pair

    (row,) = read(f"The plan was late for {part} of {base} files ({percent} per cent).")

    assert (row["numerator_n"], row["denominator_n"], row["value_pct"]) == (str(part), str(base), str(percent))


@given(bases, spellings)
def test_base_given_first_is_read_back(pair: tuple[int, int], spell: object) -> None:
    assert callable(spell)
    part, base = pair

    (row,) = read(f"Of the {base} people asked, {spell(part)} agreed.")

    assert (row["numerator_n"], row["denominator_n"]) == (str(part), str(base))


@given(counts, spellings, hedges, st.sampled_from(sorted(_NOUNS)))
def test_count_is_read_back_with_its_unit(number: int, spell: object, hedge: str, noun: str) -> None:
    assert callable(spell)

    (row,) = read(f"There were {hedge}{spell(number)} {noun} by then.")

    assert (row["value"], row["unit"], row["hedge_id"]) == (str(number), _NOUNS[noun], _HEDGES[hedge])


@given(st.decimals(Decimal("10.1"), Decimal("99.9"), places=1).filter(lambda n: n != n.to_integral_value()))
def test_average_is_read_back(number: Decimal) -> None:
    (row,) = read(f"The average caseload of each officer stood at {number} in all.")

    assert (row["value"], row["unit"]) == (str(number), "cases_per_officer")


@given(fillers)
def test_text_without_numbers_gives_nothing(text: str) -> None:
    assert read(f"{text.capitalize()}.") == []


@given(fillers, counts, fillers)
def test_words_around_a_percentage_change_nothing(before: str, number: int, after: str) -> None:
    rows = read(f"{before.capitalize()}, {number} per cent, {after}.")

    assert [row["value_pct"] or row["value"] for row in rows] == [str(number)]


@given(st.integers(1, 31), st.sampled_from(["January", "May", "December"]), st.integers(1900, 2099))
def test_date_gives_nothing(day: int, month: str, year: int) -> None:
    assert read(f"We were there on {day} {month} {year}, and again in {month} {year}, and in {year}.") == []


@given(counts, st.sampled_from(["**{}**", "<b>{}</b>", "{}³", "{}<sup>12</sup>", "{}^4^"]))
def test_markup_and_footnote_marks_change_nothing(number: int, markup: str) -> None:
    line = f"The plan was late in {markup.format(f'{number} per cent')} of files."

    (row,) = read(line)

    assert row["value_pct"] == str(number)
    assert line[int(row["column_number"]) - 1 :].startswith(row["as_printed"])


@given(st.integers(0, 999_999), st.booleans())
def test_number_in_digits_is_read_back(number: int, separated: bool) -> None:
    (token,) = numbers(f"there were {number:,} of them" if separated else f"there were {number} of them")

    assert token.value == number


@given(st.integers(0, 99))
def test_number_in_words_is_read_back(number: int) -> None:
    (token,) = numbers(f"there were {words_for(number)} of them")

    assert token.value == number


@settings(max_examples=300)
@given(st.lists(st.sampled_from(_PIECES), max_size=40))
def test_any_run_of_words_is_read_without_failing(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for row in read(text or "x"):
        assert text[int(row["column_number"]) - 1 :].startswith(row["as_printed"])


@given(st.text(string.printable + "½³“”’–\u00a0İ", max_size=120))
def test_any_text_is_read_without_failing(text: str) -> None:
    line = text.replace("\n", " ").replace("\r", " ").replace("\x0b", " ").replace("\x0c", " ")
    for row in read(f"{line} and nine of 13 agreed."):
        assert row["as_printed"]
