"""The Newcombe interval for analysts' own numbers against statsmodels; the Wilson interval is in test_statistics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from tests.support.rendering import renderer

# Put together from Wilson bounds already rounded to 2 decimals, and rounded again.
ROUNDING = 0.02
PAIRS = [(0, 32, 0, 79), (5, 7, 1, 19), (12, 32, 31, 79), (56, 79, 63, 98), (98, 98, 3, 32), (25, 25, 18, 18)]


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute(renderer().call("duckdb__create_analyst_macros()"))
        yield opened


@pytest.mark.parametrize("confidence", [80, 95, 99.9])
@pytest.mark.parametrize("pair", PAIRS)
def test_newcombe_bounds_are_those_of_statsmodels(
    connection: duckdb.DuckDBPyConnection, pair: tuple[int, int, int, int], confidence: float
) -> None:
    row = connection.execute(
        "select newcombe_low($1, $2, $3, $4, $5), newcombe_high($1, $2, $3, $4, $5)", [*pair, confidence]
    ).fetchone()
    expected = confint_proportions_2indep(*pair, method="newcomb", compare="diff", alpha=1 - confidence / 100)
    assert row == pytest.approx([100 * bound for bound in expected], abs=ROUNDING)


def test_newcombe_bounds_turn_round_with_the_samples(connection: duckdb.DuckDBPyConnection) -> None:
    assert connection.execute(
        "select newcombe_low(12, 32, 31, 79, 95) = -newcombe_high(31, 79, 12, 32, 95)"
    ).fetchone() == (True,)


@pytest.mark.parametrize("base", ["null", "0"])
def test_newcombe_bounds_need_both_bases(connection: duckdb.DuckDBPyConnection, base: str) -> None:
    row = connection.execute(
        f"select newcombe_low(0, {base}, 12, 32, 95), newcombe_high(12, 32, 0, {base}, 95)"
    ).fetchone()
    assert row == (None, None)


def test_every_macro_says_what_it_is(connection: duckdb.DuckDBPyConnection) -> None:
    macros = connection.execute(
        "select function_name, comment from duckdb_functions() where not internal and function_type = 'macro'"
    ).fetchall()
    assert {name for name, _ in macros} >= {"wilson_low", "newcombe_low", "possible_counts"}
    assert [name for name, comment in macros if not comment] == []


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("wilson_low(12, 32, 0.95)", "confidence is in per cent"),
        ("wilson_low(12, 32, 100)", "confidence is in per cent"),
        ("wilson_high(40, 32)", "a whole number from 0 to n; found 40 of 32"),
        ("wilson_high(-1, 32)", "a whole number from 0 to n; found -1 of 32"),
        ("wilson_low(1.5, 32)", "a whole number from 0 to n; found 1.5 of 32"),
        ("wilson_low(0, -3)", "n is the number of cases"),
        ("newcombe_low(1, 2, 5, 3)", "k2 is a count of the n2 cases"),
        ("newcombe_high(3, 2, 1, 3)", "k1 is a count of the n1 cases"),
        ("newcombe_high(1, 2, 1, 3, 1)", "confidence is in per cent"),
        ("possible_counts(0.09, 32)", "pct is in per cent, from 0 to 100 (9, not 0.09)"),
        ("possible_counts(9, -3)", "n is the number of cases"),
    ],
)
def test_arguments_that_make_no_sense_are_refused_with_what_is_expected(
    connection: duckdb.DuckDBPyConnection, call: str, expected: str
) -> None:
    with pytest.raises(duckdb.InvalidInputException, match=re.escape(expected)):
        connection.execute(f"select {call}")
    with pytest.raises(duckdb.InvalidInputException, match=re.escape(expected)):
        connection.execute(f"select {call} from range(3)")


def test_confidence_is_95_where_none_is_given(connection: duckdb.DuckDBPyConnection) -> None:
    row = connection.execute(
        "select wilson_low(3, 9) = wilson_low(3, 9, 95), wilson_high(3, 9) = wilson_high(3, 9, confidence := 95),"
        " newcombe_low(3, 9, 5, 8) = newcombe_low(3, 9, 5, 8, 95)"
    ).fetchone()
    assert row == (True, True, True)


def test_macros_work_from_an_attached_file(tmp_path: Path) -> None:
    file = tmp_path / "pdu_inspections.duckdb"
    with duckdb.connect(str(file)) as written:
        written.execute(renderer().call("duckdb__create_analyst_macros()"))
        expected = written.execute(
            "select wilson_low(3, 9), newcombe_high(3, 9, 5, 8), possible_counts(38, 32)"
        ).fetchone()
    with duckdb.connect() as other:
        other.execute(f"attach '{file}' as w (read_only)")
        assert (
            expected
            == other.execute(
                "select w.wilson_low(3, 9), w.newcombe_high(3, 9, 5, 8), w.possible_counts(38, 32)"
            ).fetchone()
        )
