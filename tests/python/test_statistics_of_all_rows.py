"""Every statistic of the built file computed again by scipy and statsmodels, over all its rows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from scipy.optimize import brentq
from scipy.stats import betabinom, hypergeom, norm
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from tests.support.warehouse import Built

# Bounds are published with 2 decimals; a difference is put together from bounds that are rounded already.
ROUNDING = 0.005 + 1e-9
DIFFERENCE_ROUNDING = 0.02

QUESTION = ("coalesce(yes_n, yes_n_low)", "coalesce(yes_n, yes_n_high)", "cases_n", "yes_pct")
SHARE = ("count_n_low", "count_n_high", "base_n", "share_pct")
SHARES = {
    "fct_key_question": QUESTION,
    "fct_prompt": QUESTION,
    "fct_outcome": ("numerator_n", "numerator_n", "denominator_n", "value_pct"),
    "fct_case_characteristic": SHARE,
    "fct_reported_figure": SHARE,
}
COUNTS = {
    "fct_key_question": ("yes_pct", "cases_n", "yes_n_low", "yes_n_high"),
    "fct_prompt": ("yes_pct", "cases_n", "yes_n_low", "yes_n_high"),
    "fct_case_characteristic": ("value", "base_n", "count_n_low", "count_n_high"),
    "fct_reported_figure": ("value_pct", "base_n", "count_n_low", "count_n_high"),
}


@pytest.fixture(scope="module")
def file(built: Built) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(built.database), read_only=True) as connection:
        yield connection


def rows_of(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    rows = connection.execute(query).fetchall()
    assert rows
    return rows


@pytest.mark.parametrize("mart", SHARES)
def test_every_interval_is_wilsons(file: duckdb.DuckDBPyConnection, mart: str) -> None:
    low_n, high_n, base_n, name = SHARES[mart]
    bounds = ", ".join(f"{name}_{end}_{level}" for level in (80, 95) for end in ("low", "high"))
    rows = rows_of(file, f"select {low_n}, {high_n}, {base_n}, {bounds} from {mart}")
    with_interval = [row for row in rows if row[3] is not None]
    assert len(with_interval) >= 5
    assert all(row[3:] == (None,) * 4 for row in rows if row[0] is None or row[2] is None)
    for low, high, n, *published in with_interval:
        expected = [
            100 * proportion_confint(k, n, alpha=1 - level / 100, method="wilson")[end]
            for level in (80, 95)
            for end, k in enumerate((low, high))
        ]
        assert [float(bound) for bound in published] == pytest.approx(expected, abs=ROUNDING)


@pytest.mark.parametrize("mart", COUNTS)
def test_every_possible_count_is_found_by_trying_each(file: duckdb.DuckDBPyConnection, mart: str) -> None:
    pct, base, low, high = COUNTS[mart]
    # A count that the text prints beside its percentage is taken as printed.
    status = "yes_n_status" if pct == "yes_pct" else "count_n_status"
    rows = rows_of(
        file,
        f"select {pct}, {base}, {low}, {high} from {mart} "
        f"where {low} is not null and ({status} <> 'printed' or '{pct}' = 'yes_pct')",
    )
    for printed, n, low_k, high_k in rows:
        decimals = max(0, -printed.normalize().as_tuple().exponent)
        digits = int(printed * 10**decimals)
        # Twice the distance of a count from the printed percentage, in units of half of its last digit times n; a count
        # half a unit above an odd digit rounds up by either way of rounding.
        above = {k: 2 * (100 * 10**decimals * k - n * digits) for k in range(n + 1)}
        fits = [k for k, distance in above.items() if -n <= distance < n or (distance == n and digits % 2 == 0)]
        assert (low_k, high_k) == (fits[0], fits[-1])


def test_every_difference_has_newcombes_interval(file: duckdb.DuckDBPyConnection) -> None:
    rows = rows_of(
        file,
        """
        select earlier.yes_n, earlier.cases_n, later.yes_n, later.cases_n, pairs.difference_low_80,
            pairs.difference_high_80, pairs.difference_low_95, pairs.difference_high_95
        from rpt_key_question_comparison as pairs
        inner join fct_key_question as earlier on pairs.earlier_citation_id = earlier.citation_id
        inner join fct_key_question as later on pairs.later_citation_id = later.citation_id
        where pairs.difference_low_95 is not null and earlier.yes_n is not null and later.yes_n is not null
        """,
    )
    for earlier_k, earlier_n, later_k, later_n, *published in rows:
        expected = [
            100 * bound
            for level in (80, 95)
            for bound in confint_proportions_2indep(
                later_k, later_n, earlier_k, earlier_n, method="newcomb", compare="diff", alpha=1 - level / 100
            )
        ]
        assert [float(bound) for bound in published] == pytest.approx(expected, abs=DIFFERENCE_ROUNDING)


def test_a_relation_that_is_broad_has_no_difference(file: duckdb.DuckDBPyConnection) -> None:
    rows = rows_of(file, "select difference_points from rpt_key_question_comparison where comparable = 'broad'")
    assert {row[0] for row in rows} == {None}


def test_every_probability_of_another_band_is_beta_binomial(file: duckdb.DuckDBPyConnection) -> None:
    bands = rows_of(file, "select band_low_pct, band_high_pct from dim_rating")
    rows = rows_of(
        file,
        "select coalesce(yes_n, yes_n_low), cases_n, band_change_probability_pct from fct_key_question "
        "where band_change_probability_pct is not null",
    )

    def band(k: int, n: int) -> int:
        pct = (200 * k + n) // (2 * n)
        return next(place for place, (low, high) in enumerate(bands) if low <= pct <= high)

    for k, n, published in rows:
        next_sample = betabinom(n, k + 1, n - k + 1)
        same = math.fsum(next_sample.pmf(j) for j in range(n + 1) if band(j, n) == band(k, n))
        assert float(published) == pytest.approx(100 * (1 - same), abs=0.05 + 1e-6)


def finite_bounds(k_low: int, k_high: int, n: int, eligible: int) -> tuple[float, float]:
    """Score interval of a draw without replacement, solved numerically, extended to whole eligible cases."""
    z = norm.ppf(0.975) * math.sqrt((eligible - n) / (eligible - 1))

    def score(p: float, share: float) -> float:
        return (share - p) ** 2 - z**2 * p * (1 - p) / n

    low = 0.0 if k_low == 0 else brentq(score, 0.0, k_low / n - 1e-9, args=(k_low / n,), xtol=1e-14)
    high = 1.0 if k_high == n else brentq(score, k_high / n + 1e-9, 1.0, args=(k_high / n,), xtol=1e-14)
    least, most = k_low, eligible - n + k_high
    return (
        100 * max(math.floor(eligible * low + 1e-9), least) / eligible,
        100 * min(math.ceil(eligible * high - 1e-9), most) / eligible,
    )


def test_every_interval_of_a_finite_population_is_the_score_interval_and_near_the_exact_one(
    file: duckdb.DuckDBPyConnection,
) -> None:
    rows = rows_of(
        file,
        f"""
        select {QUESTION[0]}, {QUESTION[1]}, cases_n, eligible_cases_n, yes_pct_low_95_finite, yes_pct_high_95_finite,
            yes_pct_low_95, yes_pct_high_95
        from fct_key_question where eligible_cases_n is not null
        """,
    )
    for k_low, k_high, n, eligible, low, high, wilson_low, wilson_high in rows:
        assert (float(low), float(high)) == pytest.approx(finite_bounds(k_low, k_high, n, eligible), abs=ROUNDING)
        assert wilson_low <= low <= high <= wilson_high
        # The exact interval holds the numbers of eligible cases that neither tail of the hypergeometric rejects.
        exact = [
            count
            for count in range(k_low, eligible - n + k_high + 1)
            if hypergeom.sf(k_low - 1, eligible, count, n) > 0.025 and hypergeom.cdf(k_high, eligible, count, n) > 0.025
        ]
        one_case = 100 / eligible + 0.01
        assert abs(float(low) - 100 * exact[0] / eligible) <= one_case
        assert abs(float(high) - 100 * exact[-1] / eligible) <= one_case


def test_eligible_cases_are_the_most_that_give_the_stated_margin(file: duckdb.DuckDBPyConnection) -> None:
    rows = rows_of(
        file,
        "select distinct cases_n, eligible_cases_n from fct_key_question where eligible_basis = 'at_most_by_margin'",
    )
    margins = rows_of(
        file,
        "select distinct value from fct_reported_figure where description ilike '%margin of error%' "
        "and hedge is null and value is not null",
    )
    assert len(margins) == 1
    stated = float(margins[0][0])
    z = norm.ppf(0.9)  # two-sided, at the 80 per cent for which the samples were designed

    def margin(n: int, eligible: int) -> float:
        return 100 * z * math.sqrt(0.25 / n * (eligible - n) / (eligible - 1))

    for n, eligible in rows:
        assert margin(n, eligible) <= stated < margin(n, eligible + 1)


@pytest.mark.parametrize("mart", ["fct_key_question", "fct_prompt", "fct_outcome", "fct_reported_figure", "rpt_figure"])
def test_a_base_is_known_somehow_where_there_is_one(file: duckdb.DuckDBPyConnection, mart: str) -> None:
    base = {"fct_outcome": "denominator_n", "fct_reported_figure": "base_n", "rpt_figure": "base_n"}.get(
        mart, "cases_n"
    )
    rows = rows_of(file, f"select distinct base_basis, {base} is null from {mart}")
    assert {has_none for basis, has_none in rows if basis == "not_printed"} <= {True}
    assert {has_none for basis, has_none in rows if basis != "not_printed"} == {False}
