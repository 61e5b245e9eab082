"""The statistics of the warehouse against exact enumeration and against independent libraries."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

import duckdb
import pytest
from scipy.stats import betabinom, norm
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from tests.support.rendering import renderer
from tests.support.warehouse import Built

# Bounds are published with 2 decimals: half of the last digit, and room for the digit that a tie may go either way.
PUBLISHED_ROUNDING = 0.005 + 1e-9
# The Newcombe interval is put together from bounds already rounded to 2 decimals.
NEWCOMBE_ROUNDING = 0.02
# Probabilities are given in per cent with 4 decimals.
PROBABILITY = 0.00005 + 1e-9
# Acklam's rational approximation of the normal quantile states a relative error of 1.15e-9.
NORMAL_QUANTILE = 1.2e-9

LARGEST_SAMPLE = 500
SAMPLES_WITH_DECIMALS = (1, 2, 3, 7, 8, 19, 32, 79, 98, 102, 120, 233, 500)
INSPECTED_SAMPLES = (7, 8, 18, 19, 24, 25, 30, 32, 53, 75, 79, 83, 98, 102)

call = renderer().call
render = renderer().render

Possible = dict[tuple[int, int], tuple[int, int]]


@pytest.fixture(scope="module")
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty database that holds the analysts' macros."""
    with duckdb.connect() as connection:
        connection.execute(call("duckdb__create_analyst_macros()"))
        yield connection


def enumerated_counts(sizes: list[int], decimals: int) -> Possible:
    """Lowest and highest k of every (n, printed digits) by trying every k, rounding half up and half to even."""
    found: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    scale = 100 * 10**decimals
    for n in sizes:
        for k in range(n + 1):
            whole, rest = divmod(scale * k, n)
            half_up = whole + (2 * rest >= n)
            half_to_even = whole + (2 * rest > n or (2 * rest == n and whole % 2 == 1))
            found[n, half_up].add(k)
            found[n, half_to_even].add(k)
    for counts in found.values():
        assert counts == set(range(min(counts), max(counts) + 1)), "possible counts have no gaps"
    return {key: (min(counts), max(counts)) for key, counts in found.items()}


def macro_counts(connection: duckdb.DuckDBPyConnection, sizes: list[int], decimals: int) -> Possible:
    """The same from the dbt macros, for every printed percentage from 0 to 100."""
    pct = f"cast(digits as decimal(12, 4)) / {10**decimals}"
    low = call(f"lowest_possible_count('({pct})', 'n', '{decimals}')")
    high = call(f"highest_possible_count('({pct})', 'n', '{decimals}')")
    rows = connection.execute(
        f"""
        select n, digits, {low} as low, {high} as high
        from (select unnest($sizes) as n), (select unnest(range(0, {100 * 10**decimals} + 1)) as digits)
        where {low} <= {high}
        """,
        {"sizes": sizes},
    ).fetchall()
    return {(n, digits): (low_k, high_k) for n, digits, low_k, high_k in rows}


def test_possible_counts_are_those_of_enumeration_for_every_sample_up_to_500(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    sizes = list(range(1, LARGEST_SAMPLE + 1))
    assert macro_counts(warehouse, sizes, 0) == enumerated_counts(sizes, 0)


@pytest.mark.parametrize("decimals", [1, 2])
def test_possible_counts_are_those_of_enumeration_with_decimals(
    warehouse: duckdb.DuckDBPyConnection, decimals: int
) -> None:
    sizes = list(SAMPLES_WITH_DECIMALS)
    assert macro_counts(warehouse, sizes, decimals) == enumerated_counts(sizes, decimals)


@pytest.mark.parametrize(
    ("pct", "n", "counts"),
    [
        ("38", 32, [12]),
        ("12", 32, [4]),
        ("20", 32, []),
        ("50", 79, []),
        ("50", 200, [99, 100, 101]),
        ("0", 32, [0]),
        ("100", 32, [32]),
        ("116", 32, []),
        ("39.17", 120, [47]),
        ("16.6", 89, []),
        ("16.9", 89, [15]),
    ],
)
def test_analysts_possible_counts_follow_the_decimals_printed(
    warehouse: duckdb.DuckDBPyConnection, pct: str, n: int, counts: list[int]
) -> None:
    assert warehouse.execute(f"select possible_counts({pct}, {n})").fetchone() == (counts,)


def test_analysts_possible_counts_are_those_of_enumeration(warehouse: duckdb.DuckDBPyConnection) -> None:
    sizes = list(INSPECTED_SAMPLES)
    rows = warehouse.execute(
        "select n, pct, possible_counts(pct, n) from (select unnest($sizes) as n), range(0, 101) as t(pct)",
        {"sizes": sizes},
    ).fetchall()
    listed = {(n, pct): (counts[0], counts[-1]) for n, pct, counts in rows if counts}
    assert listed == enumerated_counts(sizes, 0)
    assert all(counts == list(range(counts[0], counts[-1] + 1)) for _, _, counts in rows if counts)


def test_no_count_is_possible_without_a_base(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert warehouse.execute("select possible_counts(50, null)").fetchone() == (None,)


def test_percentages_are_rounded_half_up(warehouse: duckdb.DuckDBPyConnection) -> None:
    rounded = call("rounded_percentage('k', 'n')")
    rows = warehouse.execute(
        f"select k, n, {rounded} from range(1, 501) as a(n), range(0, 501) as b(k) where k <= n"
    ).fetchall()
    assert len(rows) == sum(n + 1 for n in range(1, LARGEST_SAMPLE + 1))
    assert all(pct == (200 * k + n) // (2 * n) for k, n, pct in rows)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [("72.00", 0, "72"), ("16.60", 1, "16.6"), ("39.17", 2, "39.17"), ("28.0000", 0, "28"), ("0", 0, "0")],
)
def test_numbers_are_shown_with_the_decimals_they_need(
    warehouse: duckdb.DuckDBPyConnection, value: str, decimals: int, text: str
) -> None:
    shown, counted = call("number_text('v')"), call("decimals_of_value('v')")
    row = warehouse.execute(f"select {counted}, {shown} from (select cast({value} as decimal(12, 4)) as v)").fetchone()
    assert row == (decimals, text)


@pytest.mark.parametrize(
    ("as_printed", "is_percentage"),
    [("62%", True), ("five per cent", True), ("two thirds", False), ("28 out of 69", False), ("0.5", False)],
)
def test_a_printed_percentage_is_told_from_a_share_in_words(
    warehouse: duckdb.DuckDBPyConnection, as_printed: str, is_percentage: bool
) -> None:
    condition = call("is_printed_percentage('p')")
    assert warehouse.execute(f"select {condition} from (select $1 as p)", [as_printed]).fetchone() == (is_percentage,)


@pytest.mark.parametrize("confidence", [80, 95])
def test_wilson_bounds_of_the_models_are_those_of_statsmodels(
    warehouse: duckdb.DuckDBPyConnection, confidence: int
) -> None:
    low = call(f"wilson_low_pct('k', 'n', {confidence})")
    high = call(f"wilson_high_pct('k', 'n', {confidence})")
    rows = warehouse.execute(
        f"select k, n, {low}, {high} from (select unnest($sizes) as n), range(0, 501) as t(k) where k <= n",
        {"sizes": [1, 2, *INSPECTED_SAMPLES, 500]},
    ).fetchall()
    assert len(rows) == sum(n + 1 for n in [1, 2, *INSPECTED_SAMPLES, 500])
    for k, n, low_pct, high_pct in rows:
        expected = proportion_confint(k, n, alpha=1 - confidence / 100, method="wilson")
        assert float(low_pct) == pytest.approx(100 * expected[0], abs=PUBLISHED_ROUNDING)
        assert float(high_pct) == pytest.approx(100 * expected[1], abs=PUBLISHED_ROUNDING)


@pytest.mark.parametrize(
    "query",
    [
        "select yes_pct, cases_inspected, possible_bases from fct_prompt "
        "inner join dim_inspection using (inspection_id) where standard_id <> 'pdu_2021.2.1'",
        "select value_pct, cases_inspected, possible_bases from fct_reported_figure "
        "inner join dim_inspection using (inspection_id) "
        "where population_id = 'inspected_cases' and case_group_id = 'all' and denominator_n is null",
    ],
    ids=["prompts", "figures of running text"],
)
def test_smaller_bases_of_impossible_percentages_are_those_of_enumeration(built: Built, query: str) -> None:
    with duckdb.connect(str(built.database), read_only=True) as connection:
        rows = connection.execute(f"from ({query}) where possible_bases is not null").fetchall()
    possible = enumerated_counts(list(range(1, 200)), 0)
    assert rows
    for printed, stated, bases in rows:
        assert printed == int(printed)
        smaller = [n for n in range(1, stated) if (n, int(printed)) in possible]
        assert bases == ", ".join(map(str, smaller))


@pytest.mark.parametrize("n", ["null", "0"])
def test_wilson_bounds_need_a_base(warehouse: duckdb.DuckDBPyConnection, n: str) -> None:
    bounds = [call(f"wilson_{end}_pct('k', 'n', 95)") for end in ("low", "high")]
    row = warehouse.execute(
        f"select {', '.join(bounds)}, wilson_low(k, n, 95), wilson_high(k, n, 95)"
        f" from (select 0 as k, cast({n} as integer) as n)"
    ).fetchone()
    assert row == (None, None, None, None)


@pytest.mark.parametrize("confidence", [50, 66.7, 80, 90, 95, 95.15, 95.2, 99, 99.9])
def test_wilson_bounds_for_analysts_are_those_of_statsmodels(
    warehouse: duckdb.DuckDBPyConnection, confidence: float
) -> None:
    rows = warehouse.execute(
        f"""
        select k, n, wilson_low(k, n, {confidence}), wilson_high(k, n, {confidence})
        from (select unnest($sizes) as n), range(0, 501) as t(k) where k <= n
        """,
        {"sizes": list(INSPECTED_SAMPLES)},
    ).fetchall()
    assert len(rows) == sum(n + 1 for n in INSPECTED_SAMPLES)
    for k, n, low_pct, high_pct in rows:
        expected = proportion_confint(k, n, alpha=1 - confidence / 100, method="wilson")
        assert low_pct == pytest.approx(100 * expected[0], abs=PUBLISHED_ROUNDING)
        assert high_pct == pytest.approx(100 * expected[1], abs=PUBLISHED_ROUNDING)


def test_wilson_bounds_for_analysts_hold_for_national_counts(warehouse: duckdb.DuckDBPyConnection) -> None:
    k, n = 1_500_000, 2_400_000
    expected = proportion_confint(k, n, alpha=0.05, method="wilson")
    row = warehouse.execute(f"select wilson_low({k}, {n}, 95), wilson_high({k}, {n}, 95)").fetchone()
    assert row == pytest.approx([100 * bound for bound in expected], abs=PUBLISHED_ROUNDING)


def test_normal_quantile_is_that_of_scipy(warehouse: duckdb.DuckDBPyConnection) -> None:
    quantile = call("normal_quantile_expression('p')")
    rows = warehouse.execute(f"select p, {quantile} from (select 0.5 + i / 20000.0 as p from range(1, 9999) t(i))")
    for p, z in rows.fetchall():
        assert z == pytest.approx(norm.ppf(p), rel=NORMAL_QUANTILE)


NEWCOMBE_PAIRS = [(0, 32, 0, 79), (5, 7, 1, 19), (12, 32, 31, 79), (56, 79, 63, 98), (98, 98, 3, 32), (25, 25, 18, 18)]


@pytest.mark.parametrize("pair", NEWCOMBE_PAIRS)
@pytest.mark.parametrize("confidence", [80, 95])
def test_difference_of_two_shares_is_newcombes(pair: tuple[int, int, int, int], confidence: int) -> None:
    earlier_k, earlier_n, later_k, later_n = pair
    with duckdb.connect() as connection:
        _tables_of_comparison(connection, pair)
        row = connection.execute(
            f"select difference_low_{confidence}, difference_high_{confidence}"
            f" from ({render('models/marts/reporting/rpt_key_question_comparison.sql')})"
        ).fetchone()
    assert row is not None
    # Newcombe's method 10, which statsmodels calls newcomb, puts the two Wilson score intervals together.
    expected = confint_proportions_2indep(
        later_k, later_n, earlier_k, earlier_n, method="newcomb", compare="diff", alpha=1 - confidence / 100
    )
    assert [float(bound) for bound in row] == pytest.approx([100 * bound for bound in expected], abs=NEWCOMBE_ROUNDING)


@pytest.mark.parametrize("pair", NEWCOMBE_PAIRS)
@pytest.mark.parametrize("confidence", [50, 80, 95, 99.9])
def test_difference_of_two_shares_for_analysts_is_newcombes(
    warehouse: duckdb.DuckDBPyConnection, pair: tuple[int, int, int, int], confidence: float
) -> None:
    k2, n2, k1, n1 = pair
    row = warehouse.execute(
        "select newcombe_low($k1, $n1, $k2, $n2, $c), newcombe_high($k1, $n1, $k2, $n2, $c)",
        {"k1": k1, "n1": n1, "k2": k2, "n2": n2, "c": confidence},
    ).fetchone()
    expected = confint_proportions_2indep(k1, n1, k2, n2, method="newcomb", compare="diff", alpha=1 - confidence / 100)
    assert row == pytest.approx([100 * bound for bound in expected], abs=NEWCOMBE_ROUNDING)


def _tables_of_comparison(connection: duckdb.DuckDBPyConnection, pair: tuple[int, int, int, int]) -> None:
    """Two inspections with one question each, as the comparison reads them."""
    bounds = ", ".join(
        f"{call(f'''wilson_{end}_pct('yes_n', 'cases_n', {level})''')} as yes_pct_{end}_{level}"
        for end in ("low", "high")
        for level in (80, 95)
    )
    earlier_k, earlier_n, later_k, later_n = pair
    connection.execute(
        f"""
        create table fct_key_question as
        select *, 'pdu_2021' as framework_id, 'q' as question_id, 100.0 * yes_n / cases_n as yes_pct,
            yes_n as yes_n_low, yes_n as yes_n_high, inspection_id as citation_id, {bounds}
        from (values ('earlier', {earlier_k}, {earlier_n}), ('later', {later_k}, {later_n}))
            as t(inspection_id, yes_n, cases_n);
        create table dim_inspection as
        select * from (values ('earlier', 'crc', 2019, cast(null as date)), ('later', 'pdu', 2022, null))
            as t(inspection_id, organisation_id, inspection_year, fieldwork_start_date);
        create table stg_reference__question_crosswalk as
        select 'c' as conformed_question_id, 'q' as question_id, 'exact' as comparable, 'same' as reason;
        """
    )


BANDS = [("inadequate", 0, 49), ("requires_improvement", 50, 64), ("good", 65, 79), ("outstanding", 80, 100)]


def band(k: int, n: int) -> str:
    pct = (200 * k + n) // (2 * n)
    return next(name for name, low, high in BANDS if low <= pct <= high)


@pytest.mark.parametrize("n", [1, 7, 19, 32, 79, 102, 249])
def test_probability_of_another_band_is_that_of_the_beta_binomial_distribution(n: int) -> None:
    spine = render("models/intermediate/percentages/int_numbers__spine.sql")
    with duckdb.connect() as connection:
        connection.execute(
            f"""
            create table int_numbers__spine as {spine};
            create table stg_reference__rating_scale as
            select * from (values {", ".join(map(str, BANDS))}) as t(rating_id, low_pct, high_pct);
            create table int_percentages__possible_counts as
            select k as yes_n, k as yes_n_low, {n} as cases_n from range(0, {n + 1}) as t(k);
            """
        )
        rows = connection.execute(
            render("models/intermediate/percentages/int_counts__band_change_probability.sql")
        ).fetchall()
    assert len(rows) == n + 1
    for k, base, probability_pct in rows:
        next_sample = betabinom(base, k + 1, base - k + 1)
        same_band = math.fsum(next_sample.pmf(j) for j in range(base + 1) if band(j, base) == band(k, base))
        assert float(probability_pct) == pytest.approx(100 * (1 - same_band), abs=PROBABILITY)
