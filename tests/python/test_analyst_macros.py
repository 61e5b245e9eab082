"""The Newcombe interval for analysts' own numbers against statsmodels; the Wilson interval is in test_statistics."""

from __future__ import annotations

from collections.abc import Iterator

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
