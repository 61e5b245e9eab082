"""Questions answered by SQL on the published file against pandas over the CSVs of the release, turn by turn.

    .venv/bin/python -m benchmarks.questions RELEASE [ROUNDS]

RELEASE is a release directory, such as warehouse/current. pandas has its CSVs in memory before the clock starts, and
answers as an analyst would write it; both must give the same rows. Processor time of one thread, in turns; the medians
and their ratio are printed. The questions are the slowest of all and some of every kind.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from scipy.stats import norm

from pdu_inspections import questions

ROOT = Path(__file__).parents[1]

Tables = dict[str, pd.DataFrame]
Answer = pd.DataFrame
Bounds = tuple[pd.Series, pd.Series]


def wilson(k: pd.Series, n: pd.Series, confidence: float = 95.0) -> Bounds:
    """Bounds in per cent of k in n."""
    z = norm.ppf(0.5 + confidence / 200)
    middle = k + z * z / 2
    half = z * np.sqrt(k * (n - k) / n + z * z / 4)
    return (100 * (middle - half) / (n + z * z)).round(2), (100 * (middle + half) / (n + z * z)).round(2)


def newcombe(k1: pd.Series, n1: pd.Series, k2: pd.Series, n2: pd.Series, confidence: float = 95.0) -> Bounds:
    """Bounds in points of k1 in n1 less k2 in n2."""
    low1, high1 = wilson(k1, n1, confidence)
    low2, high2 = wilson(k2, n2, confidence)
    p1, p2 = 100 * k1 / n1, 100 * k2 / n2
    low = p1 - p2 - np.sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2)
    high = p1 - p2 + np.sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2)
    return low.round(2), high.round(2)


def drivers(tables: Tables) -> Answer:
    questions_ = tables["rpt_key_question"]
    lowest = questions_[questions_.is_driver].sort_values(
        ["inspection_year", "inspection_id", "question_id"], ascending=[False, True, True]
    )
    return lowest[["organisation_name", "standard_name", "question_text", "yes_pct", "cases_n"]]


def drop_off(tables: Tables) -> Answer:
    questions_ = tables["rpt_key_question"]
    kept = questions_[questions_.topic_name.isin(["Engagement", "Desistance", "Safety of other people"])]
    keys = ["inspection_id", "inspection_year", "organisation_name", "topic_name"]
    wide = kept.pivot_table(index=keys, columns="standard_name", values=["yes_pct", "yes_n", "cases_n"], aggfunc="max")
    wide.columns = [f"{standard} {value}" for value, standard in wide.columns]
    wide = wide.reset_index()
    wide["less"] = wide["Implementation and delivery yes_pct"] - wide["Assessment yes_pct"]
    return wide.sort_values(["inspection_year", "inspection_id", "less"], ascending=[False, True, True])[
        ["organisation_name", "topic_name", "Assessment yes_pct", "Planning yes_pct", "less"]
    ]


def casework_of_all(tables: Tables) -> Answer:
    questions_ = tables["rpt_key_question"]
    kept = questions_[(questions_.framework_id == "pdu_2021") & questions_.yes_n.notna()]
    pooled = (
        kept.groupby(["question_id", "standard_name", "topic_name"], as_index=False)
        .agg(inspections_n=("yes_n", "size"), yes_n=("yes_n", "sum"), cases_n=("cases_n", "sum"))
        .sort_values("question_id")
    )
    pooled["yes_pct"] = (100 * pooled.yes_n / pooled.cases_n).round(1)
    pooled["low"], pooled["high"] = wilson(pooled.yes_n, pooled.cases_n)
    return pooled[["standard_name", "topic_name", "inspections_n", "yes_n", "cases_n", "yes_pct"]]


def prompts_that_differ(tables: Tables) -> Answer:
    prompts = tables["fct_prompt"]
    bodies = tables["dim_inspection"][["inspection_id", "organisation_name"]]
    kept = prompts[prompts.denominator_basis == "all_cases"].merge(bodies, on="inspection_id")
    columns = ["inspection_id", "question_id", "organisation_name", "yes_pct", "yes_n", "cases_n"]
    pairs = kept[columns].merge(kept[columns], on="question_id", suffixes=("", "_other"))
    pairs = pairs[pairs.inspection_id > pairs.inspection_id_other]
    pairs = pairs.merge(tables["dim_question"][["question_id", "question_text"]], on="question_id")
    counts = (pairs.yes_n, pairs.cases_n, pairs.yes_n_other, pairs.cases_n_other)
    pairs["low"], pairs["high"] = newcombe(*counts)
    low, high = newcombe(*counts, confidence=100 - 5 / len(pairs))
    pairs["sure"] = (low > 0) | (high < 0)
    pairs["gap"] = (pairs.yes_pct - pairs.yes_pct_other).abs()
    pairs = pairs[(pairs.low > 0) | (pairs.high < 0)]
    return pairs.sort_values(["gap", "question_id"], ascending=[False, True]).head(15)[
        ["question_text", "organisation_name", "yes_pct", "organisation_name_other", "yes_pct_other"]
    ]


def staff_say(tables: Tables) -> Answer:
    figures = tables["fct_reported_figure"]
    kept = figures[
        (figures.population_id == "staff_survey") & (figures.polarity != "neutral") & figures.numerator_n.notna()
    ].sort_values("citation_id")
    kept = kept.assign(fact=kept.fact_key.fillna(kept.citation_id)).drop_duplicates(["fact", "polarity"])
    kept = kept.merge(tables["dim_inspection"][["inspection_id", "organisation_name"]], on="inspection_id")
    kept["low"], kept["high"] = wilson(kept.numerator_n, kept.denominator_n)
    kept = kept[(kept.low > 50) | (kept.high < 50)]
    content = (kept.low > 50) == (kept.polarity == "success")
    kept = kept.assign(
        verdict=content.map({True: "content", False: "not content"}), pct=100 * kept.numerator_n / kept.denominator_n
    )
    kept["pct"] = np.floor(kept.pct + 0.5)
    return kept.sort_values(
        ["organisation_name", "verdict", "pct", "description"], ascending=[True, True, False, True]
    )[["organisation_name", "verdict", "description", "numerator_n", "denominator_n"]]


def who_was_inspected(tables: Tables) -> Answer:
    figures = tables["fct_case_characteristic"]
    measures = tables["dim_measure"]
    measures = measures[measures.measure_group == "case_characteristic"][["measure_id", "measure_name"]]
    inspections = tables["dim_inspection"][["inspection_id", "organisation_name", "cases_inspected"]]
    kept = figures[figures.value.notna()].merge(measures, on="measure_id").merge(inspections, on="inspection_id")
    low = np.ceil(kept.cases_inspected * (2 * kept.value - 1) / 200).clip(lower=0)
    high = np.floor((kept.cases_inspected * (2 * kept.value + 1) - kept.value % 2) / 200)
    kept["low"], _ = wilson(low, kept.cases_inspected)
    _, kept["high"] = wilson(high, kept.cases_inspected)
    return kept.sort_values(["measure_name", "value", "inspection_id"], ascending=[True, False, True])[
        ["measure_name", "organisation_name", "value", "cases_inspected"]
    ]


def recommended(tables: Tables) -> Answer:
    made = tables["fct_recommendation"]
    columns = ["inspection_id", "addressee_id"]
    themed = pd.concat(
        [
            made[[*columns, "theme_name"]],
            made[made.second_theme_name.notna()][[*columns, "second_theme_name"]].rename(
                columns={"second_theme_name": "theme_name"}
            ),
        ]
    )
    for addressee in ("pdu", "region", "hmpps"):
        themed[addressee] = themed.addressee_id == addressee
    themed["other"] = ~themed.addressee_id.isin(["pdu", "region", "hmpps"])
    counted = themed.groupby("theme_name", as_index=False).agg(
        pdu=("pdu", "sum"), region=("region", "sum"), hmpps=("hmpps", "sum"), other=("other", "sum"),
        inspections_n=("inspection_id", "nunique"), rows_n=("inspection_id", "size"),
    )  # fmt: skip
    return counted.sort_values(["inspections_n", "rows_n", "theme_name"], ascending=[False, False, True])[
        ["theme_name", "pdu", "region", "hmpps", "other", "inspections_n"]
    ]


def pdus_differ(tables: Tables) -> Answer:
    comparisons = tables["rpt_key_question_comparison"]
    kept = comparisons[comparisons.comparable == "exact"]
    answers = tables["rpt_key_question"]
    columns = ["inspection_id", "question_id", "yes_n", "standard_name", "topic_name", "organisation_name"]
    for side in ("earlier", "later"):
        named = answers[columns].add_prefix(f"{side}_")
        kept = kept.merge(named, on=[f"{side}_inspection_id", f"{side}_question_id"])
    counts = (kept.later_yes_n, kept.later_cases_n, kept.earlier_yes_n, kept.earlier_cases_n)
    low, high = newcombe(*counts, confidence=100 - 5 / len(kept))
    kept = kept.assign(sure=(low > 0) | (high < 0), gap=kept.difference_points.abs())
    kept = kept[kept.is_distinguishable == True]  # noqa: E712  the column may hold missing values
    return kept.sort_values(
        ["gap", "later_question_id", "earlier_organisation_name", "later_organisation_name"],
        ascending=[False, True, True, True],
    )[
        ["later_standard_name", "later_topic_name", "earlier_organisation_name", "earlier_yes_pct",
         "later_organisation_name", "later_yes_pct", "difference_points"]
    ]  # fmt: skip


def ratings_by_year(tables: Tables) -> Answer:
    rated = tables["rpt_regional_ratings"]
    wide = rated.pivot_table(
        index=["published_year", "programme_id"], columns="rating", values="rated_n", aggfunc="sum"
    )
    return wide.reset_index().sort_values(["published_year", "programme_id"])[
        ["published_year", "programme_id", "Inadequate", "Requires improvement", "Good", "Outstanding"]
    ]


def ratings_by_region(tables: Tables) -> Answer:
    rated = tables["rpt_regional_ratings"]
    wide = rated.pivot_table(
        index=["region_name", "published_year", "programme_id"], columns="rating", values="rated_n", aggfunc="max"
    )
    return wide.reset_index().sort_values(["region_name", "published_year"])[
        ["region_name", "published_year", "programme_id", "Inadequate", "Requires improvement", "Good"]
    ]


def reinspected(tables: Tables) -> Answer:
    pairs = tables["rpt_reinspection"]
    pairs = pairs[pairs.body_type == "pdu"]
    counted = pairs.groupby("earlier_rating").agg(
        pdus_n=("rating", "size"),
        now_inadequate_n=("rating", lambda ratings: (ratings == "Inadequate").sum()),
        now_requires_improvement_n=("rating", lambda ratings: (ratings == "Requires improvement").sum()),
    )
    return counted.reindex(["Inadequate", "Requires improvement", "Good"]).reset_index()


# Question, pandas's answer, and the columns of SQL's answer that it is compared with, by position.
PAIRS: dict[str, tuple[Callable[[Tables], Answer], tuple[int, ...]]] = {
    "102": (drivers, (0, 1, 3, 4, 5)),
    "201": (drop_off, (0, 1, 2, 3, 6)),
    "202": (casework_of_all, (0, 1, 2, 3, 4, 5)),
    "205": (prompts_that_differ, (0, 1, 2, 3, 4)),
    "409": (staff_say, (0, 1, 2, 3, 4)),
    "503": (who_was_inspected, (0, 1, 2, 3)),
    "601": (recommended, (0, 1, 2, 3, 4, 5)),
    "701": (pdus_differ, (0, 1, 2, 3, 4, 5, 6)),
    "901": (ratings_by_year, (0, 1, 2, 3, 4, 5)),
    "902": (ratings_by_region, (0, 1, 2, 3, 4, 5)),
    "904": (reinspected, (0, 1, 2, 3)),
}


def main(release: Path, rounds: int) -> None:
    analyses = {analysis.number: analysis for analysis in questions.read(ROOT)}
    tables = {path.stem: pd.read_csv(path) for path in sorted((release / "csv").glob("*.csv"))}
    ratios = []
    print("| question | SQL ms | pandas ms | ratio |\n|---|---:|---:|---:|")
    with duckdb.connect(str(release / "pdu_inspections.duckdb"), read_only=True) as connection:
        connection.execute("set threads = 1")
        for number, (answer, compared) in PAIRS.items():
            sql = analyses[number].sql
            same_answer(number, connection.execute(sql).fetchall(), answer(tables), compared)
            in_sql, in_pandas = [], []
            for _ in range(rounds):
                in_sql.append(processor(lambda sql=sql: connection.execute(sql).fetchall()))
                in_pandas.append(processor(lambda answer=answer: answer(tables)))
            fast, slow = (1000 * statistics.median(times) for times in (in_sql, in_pandas))
            ratios.append(fast / slow)
            print(f"| {number} {analyses[number].question} | {fast:.1f} | {slow:.1f} | {fast / slow:.2f} |", flush=True)
    print(
        f"\nSQL needs {min(ratios):.2f} to {max(ratios):.2f} of pandas's time, median {statistics.median(ratios):.2f}."
    )


def processor(answer: Callable[[], Any]) -> float:
    """Processor seconds of one answer."""
    began = time.process_time()
    answer()
    return time.process_time() - began


def same_answer(number: str, rows: list[tuple[Any, ...]], frame: Answer, compared: tuple[int, ...]) -> None:
    """Stops where pandas answers another question than SQL."""
    expected = [tuple(plain(row[index]) for index in compared) for row in rows]
    found = [tuple(plain(value) for value in row) for row in frame.itertuples(index=False)]
    if expected != found:
        wrong = next((pair for pair in zip(expected, found, strict=False) if pair[0] != pair[1]), None)
        sys.exit(f"question {number}: {len(expected)} rows in SQL, {len(found)} in pandas; first other {wrong}")


def plain(value: Any) -> Any:
    """A value that compares the same from either side."""
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return None
    return value if isinstance(value, str) else round(float(value), 1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 15)
