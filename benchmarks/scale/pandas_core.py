"""The core facts in pandas, written as an analyst would who knows pandas: whole columns at a time, no loops over rows.

    python -m benchmarks.scale.pandas_core TABLES REFERENCE OUTPUT

Same inputs, columns and values as the project's marts, which benchmarks/scale/same_answers.py checks; printed decimals
are doubles here, as pandas has it. Writes a Parquet file for each.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.scale.pandas_citations import (
    PLACE,
    Tables,
    applied,
    citation,
    corrected,
    located,
    printed_once,
)
from benchmarks.scale.pandas_percentages import (
    LARGEST_BASE,
    band_of,
    highest_count,
    in_band,
    lowest_count,
    numbered,
    wilson,
    with_smaller_bases,
)

PRINTED = (
    "case_characteristics", "caseloads", "contextual_facts", "criterion_scores", "documents", "inspection_facts",
    "inspections", "key_questions", "prompts", "rating_bands", "rating_discretions", "ratings",
    "recommendation_progress", "recommendations", "reported_figures", "staffing", "statements",
)  # fmt: skip
WIDER = ["region", "all_crcs", "england_and_wales"]
QUESTION, STANDARD = ["inspection_id", "question_id"], ["inspection_id", "standard_id"]


def main(directory: Path, reference: Path, output: Path) -> None:
    output.mkdir(parents=True, exist_ok=True)
    for name, mart in core_facts(lambda name: pd.read_parquet(directory / name), vocabularies(reference)):
        mart.to_parquet(output / f"{name}.parquet", index=False)


def vocabularies(reference: Path) -> Tables:
    """Vocabularies and rules, their columns text."""
    return {
        path.stem: pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""])
        for path in reference.glob("*.csv")
    }


def core_facts(read: Callable[[str], pd.DataFrame], words: Tables) -> Iterator[tuple[str, pd.DataFrame]]:
    """The eight marts by name, from report tables whose columns are text."""
    tables = {name: read(name) for name in PRINTED}
    for table in tables.values():
        table["citation_id"] = citation(table, "line_number", "column_number")
    prints = printed_once(tables)
    tables = {name: table.drop(columns=PLACE) for name, table in tables.items()}
    scale = words["rating_scale"].astype({"points": "int32", "low_pct": "float64", "high_pct": "float64"})
    yield "dim_citation", located(prints, tables["documents"]).assign(url=pd.Series(dtype="str"))
    corrections = applied(read("corrections"), prints)
    del prints

    counts = tables["inspection_facts"][["inspection_id", "fact", "value", "citation_id"]]
    counts = counts.rename(columns={"citation_id": "base_citation_id"})
    counts["stated_n"] = pd.to_numeric(counts.pop("value"), errors="coerce")
    figures = normalised(tables["reported_figures"], words["hedges"], corrections)

    answers = answered(tables, words, corrections, counts, figures)
    ratings = rated(tables, words, scale, answers)
    yield "fct_rating", ratings
    yield "fct_key_question", key_questions(answers, ratings, words["standards"], scale)
    yield "fct_prompt", prompts(answers)

    yield "fct_staffing", staffing(tables["staffing"], words["staff_grades"], corrections)
    characteristics = valued(tables["case_characteristics"], corrections)
    shares = based(figures, characteristics, words, counts)
    yield "fct_case_characteristic", case_characteristics(characteristics, shares)
    yield "fct_caseload", caseloads(tables, words["measures"], corrections)
    yield "fct_reported_figure", reported_figures(figures, shares)


def question_bases(questions: pd.DataFrame, bases: pd.DataFrame) -> pd.DataFrame:
    """Questions with what their percentages are of: of the question, else its parent, else its standard."""
    scopes = ["question_id", "parent_question_id", "standard_id"]
    scoped = pd.concat([questions[["question_id"]].assign(scope_id=questions[scope]) for scope in scopes])
    scoped = scoped.merge(bases, on="scope_id").sort_values("scope_id", key=lambda scope: -scope.str.len())
    questions = questions.drop(columns=["standard_id", "question_text"])
    return questions.merge(scoped.drop_duplicates("question_id"), on="question_id", how="left")


def answered(
    tables: Tables, words: Tables, corrections: pd.Series, counts: pd.DataFrame, figures: pd.DataFrame
) -> pd.DataFrame:
    """Base and possible counts of every question's percentage."""
    keys = tables["key_questions"].sort_values("place", key=lambda place: place != "chapter", kind="stable")
    columns = [*QUESTION, "standard_id", "flags", "as_printed", "value_status", "citation_id"]
    answers = pd.concat([keys.drop_duplicates(QUESTION), tables["prompts"]], ignore_index=True)[columns]
    percentage = pd.to_numeric(answers.pop("as_printed").str.replace("%", ""), errors="coerce")
    answers["pct"] = corrected(answers, percentage, corrections).round(2)
    answers["is_corrected"] = answers["citation_id"].isin(corrections.index)

    answers = answers.merge(question_bases(words["questions"], words["question_bases"]), on="question_id")
    for kind in ("base", "fallback"):
        facts = counts.rename(columns={"fact": f"{kind}_fact"})
        answers = answers.merge(facts, on=["inspection_id", f"{kind}_fact"], how="left", suffixes=("", "_fallback"))
    for column in ("stated_n", "base_citation_id"):
        answers[column] = answers[column].fillna(answers.pop(f"{column}_fallback"))

    told = figures.dropna(subset=["numerator_n", "denominator_n"])
    told = told[told["comparator_kind"].isna()].rename(columns={"denominator_n": "stated_n"})
    told["printed_n"] = told["numerator_n"].where(told["polarity"] != "failure", told["stated_n"] - told["numerator_n"])
    told = told[[*QUESTION, "stated_n", "polarity", "printed_n"]].drop_duplicates()
    told = told.drop(columns="polarity").drop_duplicates([*QUESTION, "stated_n"], keep=False)
    answers = answers.merge(told, on=[*QUESTION, "stated_n"], how="left")

    n = answers["stated_n"]
    low, high = lowest_count(answers["pct"], n), highest_count(answers["pct"], n)
    is_printed = answers["printed_n"].between(low, high)
    answers["yes_n_status"] = np.select(
        [n.isna(), low > high, is_printed, low == high],
        ["base_not_printed", "impossible", "printed", "implied"],
        "several_possible",
    )
    answers = with_smaller_bases(answers, "yes_n_status")
    low, high = low.where(low <= high), high.where(low <= high)
    yes = answers["printed_n"].where(is_printed, low.where(low == high))
    low_k, high_k = yes.fillna(low), yes.fillna(high)
    basis = answers["denominator_basis"].mask(answers["yes_n_status"] == "impossible", "relevant_cases")
    return answers.assign(
        yes_pct=answers["pct"],
        denominator_basis=basis.fillna("unknown"),
        cases_n=n.where(answers["yes_n_status"] != "impossible").astype("Int32"),
        yes_n=yes.astype("Int32"),
        yes_n_low=low.astype("Int32"),
        yes_n_high=high.astype("Int32"),
        low_k=low_k,
        high_k=high_k,
        **wilson(low_k, high_k, n, "yes_pct"),
    )


def rated(tables: Tables, words: Tables, scale: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """The rating of record, and the rating the rules give: of the lowest key question or of the sum of points."""
    places = tables["ratings"]["place"].map({"summary": 0, "chapter": 1}).fillna(2)
    ratings = tables["ratings"].assign(order=places).sort_values("order", kind="stable").drop_duplicates(STANDARD)
    ratings = ratings[[*STANDARD, "rating_id", "citation_id"]]
    ratings = ratings.merge(scale[["rating_id", "rating_name", "points"]], on="rating_id")
    ratings = ratings.merge(words["standards"][["standard_id", "rating_basis"]], on="standard_id")
    ratings = ratings.merge(tables["inspections"][["inspection_id", "framework_id"]], on="inspection_id")
    discretions = tables["rating_discretions"][[*STANDARD, "citation_id"]]
    ratings = ratings.merge(discretions.rename(columns={"citation_id": "discretion_citation_id"}), how="left")

    keys = answers[answers["question_level"] == "key_question"]
    lowest = keys.groupby(STANDARD, as_index=False).agg(lowest_yes_pct=("yes_pct", "min"))
    ratings = ratings.merge(lowest, on=STANDARD, how="left")

    rated_standards = ratings[ratings["standard_id"] != "overall"].groupby(["inspection_id", "framework_id"])
    scores = rated_standards.agg(score=("points", "sum"), standards_n=("points", "size")).reset_index()
    scores["score_max"] = scores["framework_id"].map(words["frameworks"].set_index("framework_id")["score_max"])
    bands = words["score_bands"].astype({"low_score": "Int32", "high_score": "Int32"})
    scores = scores.dropna(subset="score_max").merge(bands, on="score_max")
    scores = scores[
        scores["score"].between(scores["low_score"], scores["high_score"])
        & (3 * scores["standards_n"] == scores["score_max"].astype("Int32"))
    ]
    by_score = ratings["inspection_id"].map(scores.set_index("inspection_id")["rating_id"])
    by_question = in_band(ratings["lowest_yes_pct"], scale, "rating_id")
    basis = ratings["rating_basis"]
    derived = by_question.where(basis == "lowest_key_question", by_score.where(basis == "score"))
    agrees = (ratings["rating_id"] == derived).astype("boolean")
    return ratings.rename(columns={"rating_name": "rating"}).assign(
        derived_rating=derived.map(scale.set_index("rating_id")["rating_name"]),
        rating_agrees=agrees.where(derived.notna()),
        is_discretionary=ratings["discretion_citation_id"].notna(),
    )


def key_questions(
    answers: pd.DataFrame, ratings: pd.DataFrame, standards: pd.DataFrame, scale: pd.DataFrame
) -> pd.DataFrame:
    """Key questions with band, driver, and how far the next band is."""
    keys = answers[answers["question_level"] == "key_question"]
    keys = keys.merge(standards[["standard_id", "framework_id", "is_rated"]], on="standard_id")
    keys = keys.merge(ratings[[*STANDARD, "lowest_yes_pct"]], on=STANDARD, how="left")
    keys = keys.merge(band_changes(keys, scale), on=["low_k", "stated_n"], how="left")
    is_rated, n = keys["is_rated"] == "true", keys["stated_n"]
    low_pct = in_band(keys["pct"], scale, "low_pct")
    next_points = in_band(keys["pct"], scale, "points") + 1
    next_low_pct = next_points.map(scale.set_index("points")["low_pct"])
    to_next = lowest_count(next_low_pct, n) - keys["high_k"]
    to_below = keys["low_k"] - lowest_count(low_pct, n) + 1
    return keys.assign(
        band=in_band(keys["pct"], scale, "rating_name").where(is_rated),
        is_driver=is_rated & (keys["pct"] == keys["lowest_yes_pct"]),
        cases_to_next_band=to_next.where(is_rated & next_low_pct.notna()).astype("Int32"),
        cases_to_band_below=to_below.where(is_rated & (low_pct > 0)).astype("Int32"),
        band_change_probability_pct=keys["band_change_probability_pct"].where(is_rated),
    )[
        [
            *QUESTION, "standard_id", "framework_id", "yes_pct", "value_status", "cases_n", "yes_n", "yes_n_low",
            "yes_n_high", "yes_n_status", "denominator_basis", "possible_bases", "yes_pct_low_80", "yes_pct_high_80",
            "yes_pct_low_95", "yes_pct_high_95", "band", "is_driver", "cases_to_next_band", "cases_to_band_below",
            "band_change_probability_pct", "is_corrected", "citation_id", "base_citation_id",
        ]
    ]  # fmt: skip


def band_changes(keys: pd.DataFrame, scale: pd.DataFrame) -> pd.DataFrame:
    """How likely another sample of as many cases falls into another band: beta-binomial, of every count and base."""
    pairs = keys.loc[keys["stated_n"] > 0, ["low_k", "stated_n"]].dropna().drop_duplicates(ignore_index=True)
    pairs = pairs[2 * pairs["stated_n"] + 1 <= LARGEST_BASE].reset_index(drop=True)
    outcomes = numbered(pairs, (pairs["stated_n"] + 1).astype("int64"))
    k, n, next_k = (outcomes[column].astype("int64") for column in ("low_k", "stated_n", "number"))
    logs = np.concatenate([[0.0], np.log(np.arange(1, LARGEST_BASE + 1)).cumsum()])
    outcomes["probability"] = np.exp(
        logs[n] - logs[next_k] - logs[n - next_k]
        + logs[k + next_k] + logs[2 * n - k - next_k] - logs[2 * n + 1]
        - logs[k] - logs[n - k] + logs[n + 1]
    )  # fmt: skip
    stays = outcomes[band_of(100 * next_k / n, scale) == band_of(100 * k / n, scale)]
    stays = stays.groupby(["low_k", "stated_n"], as_index=False)["probability"].sum()
    change_pct = (100 * (1 - stays.pop("probability"))).round(4)
    return stays.assign(band_change_probability_pct=np.floor(change_pct * 10 + 0.5) / 10)


def prompts(answers: pd.DataFrame) -> pd.DataFrame:
    """Prompts with what their marks say."""
    asked = answers[answers["question_level"] == "prompt"].rename(columns={"largest_n": "largest_possible_cases_n"})
    return asked.assign(
        excludes_unpaid_work_only=asked["flags"].isin(["*", "* **"]),
        not_in_every_case=asked["flags"].isin(["**", "* **"]),
        post_custody_only=asked["post_custody_only"] == "true",
    )[
        [
            *QUESTION, "parent_question_id", "standard_id", "yes_pct", "denominator_basis", "cases_n", "yes_n",
            "yes_n_low", "yes_n_high", "yes_n_status", "largest_possible_cases_n", "possible_bases", "yes_pct_low_80",
            "yes_pct_high_80", "yes_pct_low_95", "yes_pct_high_95", "excludes_unpaid_work_only", "not_in_every_case",
            "post_custody_only", "is_corrected", "citation_id", "base_citation_id",
        ]
    ]  # fmt: skip


def valued(table: pd.DataFrame, corrections: pd.Series) -> pd.DataFrame:
    """Measures with their values as numbers, corrected."""
    return table.assign(
        value=corrected(table, table["value"].astype("float64"), corrections),
        is_corrected=table["citation_id"].isin(corrections.index),
    )


def staffing(table: pd.DataFrame, grades: pd.DataFrame, corrections: pd.Series) -> pd.DataFrame:
    """Staffing of the inspected body beside that of its region."""
    measures = valued(table, corrections).rename(columns={"label": "printed_label"})
    key = ["inspection_id", "measure_id", "grade_id"]
    regional = measures.loc[measures["population_id"] == "region", [*key, "value", "value_status", "citation_id"]]
    own = measures[~measures["population_id"].isin(WIDER)].merge(grades[["grade_id", "grade_name"]], on="grade_id")
    both = own.merge(regional.rename(columns=lambda name: name if name in key else f"region_{name}"), how="left")
    both["region_value_status"] = both["region_value_status"].fillna("not_printed")
    return both[
        [
            *key, "grade_name", "value", "unit", "value_status", "as_printed", "region_value", "region_value_status",
            "printed_label", "supplied_by", "is_corrected", "citation_id", "region_citation_id",
        ]
    ]  # fmt: skip


def caseloads(tables: Tables, measures: pd.DataFrame, corrections: pd.Series) -> pd.DataFrame:
    """Caseloads of their table, and those among the facts of the context."""
    context = tables["contextual_facts"]
    about_caseload = measures.loc[measures["measure_group"] == "caseload", "measure_id"]
    both = pd.concat([tables["caseloads"], context[context["measure_id"].isin(about_caseload)]], ignore_index=True)
    columns = ["inspection_id", "measure_id", "population_id", "value", "unit", "as_printed", "supplied_by"]
    return valued(both, corrections)[[*columns, "is_corrected", "citation_id"]]


def normalised(table: pd.DataFrame, hedges: pd.DataFrame, corrections: pd.Series) -> pd.DataFrame:
    """Figures of running text with their numbers corrected, and those that are shares as percentages."""
    figures = table.astype(dict.fromkeys(["value", "numerator_n", "denominator_n", "value_pct"], "float64"))
    value, numerator, pct = figures["value"], figures["numerator_n"], figures["value_pct"]
    replaced = figures["citation_id"].map(corrections)
    figures["value"] = replaced.where(value.notna()).fillna(value)
    figures["numerator_n"] = replaced.where(numerator.notna() & pct.isna()).fillna(numerator)
    figures["value_pct"] = replaced.where(pct.notna()).fillna(pct).round(2)
    figures["is_corrected"] = figures["citation_id"].isin(corrections.index)

    share = 100 * figures["numerator_n"] / figures["denominator_n"].where(figures["denominator_n"] != 0)
    figures["pct"] = share.fillna(figures["value_pct"])
    moving = hedges[["low_offset", "high_offset"]].astype("float64").any(axis="columns")
    is_hedged = figures["hedge_id"].isin(hedges.loc[moving, "hedge_id"])
    is_percentage = figures["value_pct"].notna() & figures["as_printed"].str.contains("per cent|%", regex=True)
    figures["is_exact"] = ~is_hedged & (is_percentage | figures["numerator_n"].notna())
    return figures


def based(figures: pd.DataFrame, characteristics: pd.DataFrame, words: Tables, counts: pd.DataFrame) -> pd.DataFrame:
    """Bases, possible counts and intervals of shares, by citation."""
    told = figures.dropna(subset="pct")
    is_of_all = told["denominator_n"].isna() & told["comparator_kind"].isna()
    is_of_all &= told["grade_id"].isna() | (told["grade_id"] == "practitioner")
    told = told.assign(group=told["case_group_id"].where(is_of_all))
    measures = words["measures"]
    is_share = characteristics["measure_id"].isin(
        measures.loc[measures["measure_group"] == "case_characteristic", "measure_id"]
    )
    shares = characteristics[is_share].dropna(subset="value")
    shares = shares.assign(population_id="inspected_cases", group="all", pct=shares["value"], is_exact=True)
    columns = ["inspection_id", "citation_id", "population_id", "group", "pct", "is_exact"]
    shares = pd.concat([told[[*columns, "numerator_n", "denominator_n"]], shares[columns]], ignore_index=True)

    shares = shares.merge(words["populations"][["population_id", "is_sample"]], on="population_id")
    bases = words["population_bases"].rename(columns={"case_group_id": "group"})
    shares = shares.merge(bases, on=["population_id", "group"], how="left")
    shares = shares.merge(counts, on=["inspection_id", "fact"], how="left")
    shares["stated_n"] = shares["denominator_n"].fillna(shares["stated_n"])

    n, is_exact, numerator = shares["stated_n"], shares["is_exact"], np.floor(shares["numerator_n"] + 0.5)
    low = numerator.fillna(lowest_count(shares["pct"], n)).where(is_exact)
    high = numerator.fillna(highest_count(shares["pct"], n)).where(is_exact)
    shares["count_n_status"] = np.select(
        [~is_exact, numerator.notna(), n.isna(), low > high, low == high],
        ["not_applicable", "printed", "base_not_printed", "impossible", "implied"],
        "several_possible",
    )
    shares = with_smaller_bases(shares, "count_n_status")
    is_possible = (low <= high) & (high <= n)
    has_interval = is_possible & (shares["is_sample"] == "true")
    intervals = wilson(low.where(has_interval), high.where(has_interval), n, "share_pct")
    columns = ["citation_id", "base_n", "largest_possible_base_n", "count_n_low", "count_n_high", "count_n_status"]
    return shares.rename(columns={"largest_n": "largest_possible_base_n"}).assign(
        base_n=n.where(shares["count_n_status"] != "impossible").astype("Int32"),
        count_n_low=low.where(is_possible).astype("Int32"),
        count_n_high=high.where(is_possible).astype("Int32"),
        **intervals,
    )[[*columns, "possible_bases", *intervals, "base_citation_id"]]


def case_characteristics(characteristics: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """Characteristics of the inspected cases with base, possible counts and intervals."""
    table = characteristics.rename(columns={"label": "printed_label"})
    columns = ["inspection_id", "measure_id", "value", "unit", "value_status", "as_printed", "printed_label"]
    table = table[[*columns, "supplied_by", "is_corrected", "citation_id"]]
    table = table.merge(shares.drop(columns="possible_bases"), on="citation_id", how="left")
    is_share = (table["unit"] == "per_cent") & table["value"].notna()
    otherwise = pd.Series("not_applicable", index=table.index).mask(is_share, "base_not_printed")
    return table.assign(count_n_status=table["count_n_status"].fillna(otherwise))


def reported_figures(figures: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """Figures of running text with base, possible counts and intervals of shares."""
    table = figures[
        [
            "inspection_id", "citation_id", "description", "value", "unit", "numerator_n", "denominator_n",
            "value_pct", "hedge_id", "polarity", "population_id", "case_group_id", "standard_id", "question_id",
            "measure_id", "grade_id", "comparator_kind", "fact_key", "part_of_fact_key", "is_corrected", "as_printed",
        ]
    ]  # fmt: skip
    table = table.rename(columns={"hedge_id": "hedge"}).merge(shares, on="citation_id", how="left")
    return table.astype({"denominator_n": "Int32"}).fillna({"count_n_status": "not_applicable"})


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
