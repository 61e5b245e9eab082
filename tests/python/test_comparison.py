"""Comparing: how far a question is from the next band, two inspections, an area over the years, one against all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import pytest
from scipy.stats import norm
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint, proportions_ztest

from tests.support.rendering import renderer
from tests.support.warehouse import Built

render = renderer().render

# (rating_id, rating_name, low_pct, high_pct, points), as the domain has them.
SCALE = [
    ("inadequate", "Inadequate", 0, 49, 0),
    ("requires_improvement", "Requires improvement", 50, 64, 1),
    ("good", "Good", 65, 79, 2),
    ("outstanding", "Outstanding", 80, 100, 3),
]
ROUNDING = 0.005 + 1e-9


def table(connection: duckdb.DuckDBPyConnection, name: str, columns: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """A table of the given rows; columns are "name type, name type"."""
    connection.execute(f"create table {name} ({columns})")
    connection.executemany(f"insert into {name} values ({', '.join('?' * len(rows[0]))})", rows)


def rounded(k: int, n: int) -> int:
    return (200 * k + n) // (2 * n)


def band(pct: int) -> int:
    return next(points for _, _, low, high, points in SCALE if low <= pct <= high)


def key_questions(counts: Sequence[tuple[int, int | None, int, int, int]]) -> list[dict[str, Any]]:
    """fct_key_question of (n, yes_n, lowest, highest count, printed percentage) in this order, one inspection each."""
    with duckdb.connect() as connection:
        table(
            connection,
            "int_percentages__possible_counts",
            "inspection_id text, question_id text, standard_id text, yes_pct decimal(7, 2), value_status text, "
            "cases_n integer, yes_n integer, yes_n_low integer, yes_n_high integer, yes_n_status text, "
            "denominator_basis text, possible_bases text, is_corrected boolean, citation_id text, "
            "base_citation_id text, base_basis text, eligible_n integer, eligible_basis text",
            [
                (
                    f"{place:06}",
                    "q",
                    "s",
                    pct,
                    "reported",
                    n,
                    yes_n,
                    low,
                    high,
                    "implied",
                    "all_cases",
                    None,
                    False,
                    "c",
                    "b",
                    "assumed",
                    None,
                    None,
                )
                for place, (n, yes_n, low, high, pct) in enumerate(counts)
            ],
        )
        table(connection, "stg_reference__questions", "question_id text, question_level text", [("q", "key_question")])
        table(
            connection,
            "stg_reference__standards",
            "standard_id text, framework_id text, is_rated boolean",
            [("s", "pdu_2021", True)],
        )
        table(
            connection,
            "stg_reference__rating_scale",
            "rating_id text, rating_name text, low_pct integer, high_pct integer, points integer",
            SCALE,
        )
        connection.execute(
            "create table int_ratings__derived as "
            "select inspection_id, standard_id, yes_pct as lowest_yes_pct from int_percentages__possible_counts; "
            "create table int_counts__band_change_probability as "
            "select 0 as k, 0 as n, 0.0 as band_change_probability_pct"
        )
        query = render("models/marts/core/fct_key_question.sql")
        result = connection.execute(f"select * from ({query}) order by inspection_id")
        names = [column[0] for column in result.description or []]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


@pytest.mark.parametrize("n", [1, 7, 19, 32, 79, 98, 233])
def test_cases_to_another_band_are_those_of_enumeration(n: int) -> None:
    rows = key_questions([(n, k, k, k, rounded(k, n)) for k in range(n + 1)])
    assert len(rows) == n + 1
    for k, row in enumerate(rows):
        here = band(rounded(k, n))
        better = [j for j in range(n + 1) if rounded(j, n) >= SCALE[min(here + 1, 3)][2]]
        kept = [j for j in range(n + 1) if rounded(j, n) >= SCALE[here][2]]
        assert row["band"] == SCALE[here][1]
        assert row["cases_to_next_band"] == (None if here == 3 else better[0] - k)
        assert row["cases_to_band_below"] == (None if here == 0 else k - kept[0] + 1)


def test_an_interval_covers_every_possible_count() -> None:
    (row,) = key_questions([(200, None, 99, 101, 50)])
    for level in (80, 95):
        low, _ = proportion_confint(99, 200, alpha=1 - level / 100, method="wilson")
        _, high = proportion_confint(101, 200, alpha=1 - level / 100, method="wilson")
        assert float(row[f"yes_pct_low_{level}"]) == pytest.approx(100 * low, abs=ROUNDING)
        assert float(row[f"yes_pct_high_{level}"]) == pytest.approx(100 * high, abs=ROUNDING)
    assert (row["cases_to_next_band"], row["cases_to_band_below"]) == (129 - 101, 99 - 99 + 1)


@pytest.mark.parametrize(
    ("graded", "difference", "is_distinguishable"),
    [("close", -40, True), ("broad", None, None), ("none", None, None)],
)
def test_what_is_not_comparable_has_no_difference(
    graded: str, difference: int | None, is_distinguishable: bool | None
) -> None:
    row = compared(graded, 80, 40)
    assert row[:4] == (graded, "reason of the earlier framework", difference, is_distinguishable)
    assert (row[4] is None) == (graded != "close")


def test_a_difference_that_chance_may_give_is_not_distinguishable() -> None:
    assert compared("close", 52, 50)[3] is False
    assert compared("close", 40, 80)[3] is True


def compared(graded: str, earlier: int, later: int) -> tuple[Any, ...]:
    """Grade, reason, difference, whether it is distinguishable, lower bound: of k of 100 under two frameworks."""
    with duckdb.connect() as connection:
        bounds = [
            [100 * bound for bound in proportion_confint(k, 100, alpha=1 - level / 100, method="wilson")]
            for k in (earlier, later)
            for level in (80, 95)
        ]
        table(
            connection,
            "fct_key_question",
            "inspection_id text, framework_id text, question_id text, yes_pct decimal(7, 2), cases_n integer, "
            "yes_n integer, yes_n_low integer, yes_n_high integer, yes_pct_low_80 double, yes_pct_high_80 double, "
            "yes_pct_low_95 double, yes_pct_high_95 double, citation_id text",
            [
                ("a", "crc_2018", "old", earlier, 100, earlier, earlier, earlier, *bounds[0], *bounds[1], "c1"),
                ("b", "pdu_2021", "new", later, 100, later, later, later, *bounds[2], *bounds[3], "c2"),
            ],
        )
        table(
            connection,
            "dim_inspection",
            "inspection_id text, organisation_id text, inspection_year integer, fieldwork_start_date date",
            [("a", "crc", 2019, None), ("b", "pdu", 2022, None)],
        )
        table(
            connection,
            "stg_reference__question_crosswalk",
            "conformed_question_id text, question_id text, comparable text, reason text",
            [("q", "new", "exact", "its own"), ("q", "old", graded, "reason of the earlier framework")],
        )
        row = connection.execute(
            "select comparable, comparable_reason, difference_points, is_distinguishable, difference_low_95 "
            f"from ({render('models/marts/reporting/rpt_key_question_comparison.sql')})"
        ).fetchone()
    assert row is not None
    return row


def test_pairs_are_in_order_of_their_fieldwork(built: Built) -> None:
    with duckdb.connect(str(built.database), read_only=True) as connection:
        dates = connection.execute(
            "select distinct earlier_fieldwork_start_date, later_fieldwork_start_date from rpt_key_question_comparison"
        ).fetchall()
    assert len(dates) > 3
    assert all(earlier <= later for earlier, later in dates)


@pytest.mark.parametrize(
    ("family", "columns"), [("pair", "comparable, earlier_inspection_id, later_inspection_id"), ("all", "comparable")]
)
def test_the_allowance_for_many_comparisons_is_holms(built: Built, family: str, columns: str) -> None:
    with duckdb.connect(str(built.database), read_only=True) as connection:
        rows = connection.execute(f"""
            select
                concat_ws(' ', {columns}), {family}_comparisons_n, is_distinguishable, is_distinguishable_in_{family},
                earlier.yes_n, earlier.cases_n, later.yes_n, later.cases_n
            from rpt_key_question_comparison as pairs
            inner join fct_key_question as earlier on pairs.earlier_citation_id = earlier.citation_id
            inner join fct_key_question as later on pairs.later_citation_id = later.citation_id
            where is_distinguishable is not null
        """).fetchall()
    families: dict[str, list[tuple[Any, ...]]] = {}
    for row in rows:
        families.setdefault(row[0], []).append(row)
    for members in families.values():
        assert {row[1] for row in members} == {len(members)}
        p_values = [proportions_ztest(row[4:8:2], row[5:8:2])[1] for row in members]
        significant = multipletests(p_values, alpha=0.05, method="holm")[0]
        expected = [bool(kept and row[2]) for kept, row in zip(significant, members, strict=True)]
        assert [row[3] for row in members] == expected
    assert {row[3] for row in rows} == {True, False}


CROSSWALK = "{0}_id text, conformed_{0}_id text, comparable text"
# Inspections of one area in order of years: what they were of, under which framework, with which kind of figure.
YEARS = [
    ("area_2005", 2005, "area", "esi_2003", "score"),
    ("area_2006", 2006, "area", "esi_2003", "score"),
    ("crc_2019", 2019, "crc", "crc_2018", "share"),
    ("crc_2020", 2020, "crc", "crc_2019", "share"),
    ("pdu_2022", 2022, "pdu", "pdu_2021", "share"),
    ("pdu_2023", 2023, "pdu", "pdu_2021", "share"),
    ("unit_2024", 2024, "unit", "pdu_2021", "share"),
]
BREAKS = [
    (False, "first figure of the topic"),
    (False, "same body and framework"),
    (True, "another body and framework, another kind of figure: not comparable"),
    (True, "another framework"),
    (True, "another body and framework"),
    (False, "same body and framework"),
    (True, "another body"),
]


def test_a_timeline_marks_every_break_and_joins_nothing_else() -> None:
    with duckdb.connect() as connection:
        table(
            connection,
            "dim_inspection",
            "inspection_id text, inspection_year integer, organisation_id text, framework_id text",
            [year[:4] for year in YEARS],
        )
        bodies = ["area", "crc", "pdu", "unit"]
        table(
            connection,
            "dim_organisation",
            "organisation_id text, area_id text",
            [(body, None if body == "crc" else "here") for body in bodies],
        )
        table(
            connection,
            "bridge_organisation_lineage",
            "predecessor_organisation_id text, successor_organisation_id text",
            [("crc", "pdu"), ("area", "crc"), ("elsewhere", "crc")],
        )
        table(connection, "stg_reference__areas", "area_id text, area_name text", [("here", "Here")])
        table(connection, "stg_reference__standard_crosswalk", CROSSWALK.format("standard"), [("s", "t", "exact")])
        table(connection, "stg_reference__question_crosswalk", CROSSWALK.format("question"), [("q", "t", "exact")])
        connection.execute(
            "create table stg_reference__criterion_crosswalk as "
            "select 'k' as criterion_id, 't' as conformed_topic_id, 'none' as comparable"
        )
        connection.execute(
            "create table fct_rating (inspection_id text, standard_id text, points integer, citation_id text)"
        )
        table(
            connection,
            "fct_key_question",
            "inspection_id text, question_id text, yes_pct decimal(7, 2), citation_id text",
            [(year[0], "q", 50, year[0]) for year in YEARS if year[4] == "share"],
        )
        table(
            connection,
            "fct_criterion_score",
            "inspection_id text, criterion_id text, score_pct decimal(7, 2), citation_id text",
            [(year[0], "k", 50, year[0]) for year in YEARS if year[4] == "score"],
        )
        table(connection, "dim_citation", "citation_id text, as_printed text", [(year[0], "50%") for year in YEARS])
        rows = connection.execute(
            "select inspection_id, is_break, break_reason, coverage "
            f"from ({render('models/marts/reporting/rpt_area_timeline.sql')}) order by inspection_year"
        ).fetchall()
    assert [row[0] for row in rows] == [year[0] for year in YEARS]
    assert [row[1:3] for row in rows] == BREAKS
    assert [row[3] for row in rows] == ["wider_area" if year[2] == "crc" else "area" for year in YEARS]


def test_funnel_limits_are_those_of_the_normal_distribution() -> None:
    counts = [(12, 32), (31, 79), (0, 25), (98, 98), *[(40 + i, 100) for i in range(8)]]
    with duckdb.connect() as connection:
        table(
            connection,
            "fct_key_question",
            "inspection_id text, question_id text, standard_id text, framework_id text, yes_pct decimal(7, 2), "
            "cases_n integer, yes_n integer, yes_n_low integer, yes_n_status text, citation_id text",
            [
                *(
                    (f"{i:02}", "q", "s", "f", rounded(k, n), n, k, k, "implied", "c")
                    for i, (k, n) in enumerate(counts)
                ),
                ("x", "q", "s", "f", 50, None, None, None, "base_not_printed", "c"),
                *((f"{i}", "few", "s", "f", 50, 10, 5, 5, "printed", "c") for i in range(9)),
            ],
        )
        query = render("models/marts/reporting/rpt_key_question_funnel.sql")
        rows = connection.execute(
            "select inspections_n, pooled_cases_n, pooled_yes_pct, limit_low_95, limit_high_95, limit_low_998, "
            f"limit_high_998, is_usable from ({query}) where question_id = 'q' order by inspection_id"
        ).fetchall()
        few = connection.execute(f"select distinct is_usable from ({query}) where question_id = 'few'").fetchall()
    pooled_k, pooled_n = (sum(column) for column in zip(*counts, strict=True))
    share = pooled_k / pooled_n
    assert len(rows) == len(counts)
    for (_, n), row in zip(counts, rows, strict=True):
        assert (row[0], row[1], row[7]) == (len(counts), pooled_n, True)
        assert float(row[2]) == pytest.approx(100 * share, abs=ROUNDING)
        spread = 100 * (share * (1 - share) / n) ** 0.5
        limits = [max(0, min(100, 100 * share + norm.ppf(p) * spread)) for p in (0.025, 0.975, 0.001, 0.999)]
        assert [float(limit) for limit in row[3:7]] == pytest.approx(limits, abs=ROUNDING)
    assert few == [(False,)]
