"""The core facts in pandas, written as an analyst would who knows pandas: whole columns at a time, no loops over rows.

    python -m benchmarks.scale.pandas_core TABLES REFERENCE OUTPUT

Same inputs and the same columns of substance as the project's marts; gives seconds and peak memory as JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

Z_80, Z_95 = 1.2815515655446004, 1.959963984540054
PRINT = ["document_id", "section", "table_name", "row_number", "line_number", "column_number", "page_from", "page_to"]


def main(tables: Path, reference: Path, output: Path) -> None:
    began = time.monotonic()
    output.mkdir(parents=True, exist_ok=True)
    vocabularies = {path.stem: pd.read_csv(path, dtype=str) for path in reference.glob("*.csv")}
    prints = []

    def read(name: str) -> pd.DataFrame:
        frame = pd.read_parquet(tables / name)
        place = frame["document_id"] + ":L" + frame["line_number"] + ":C" + frame["column_number"]
        frame["citation_id"] = place
        prints.append(frame[["citation_id", *PRINT, "as_printed"]])
        return frame

    facts = read("inspection_facts")
    inspections = read("inspections")
    documents = read("documents")
    corrections = pd.read_parquet(tables / "corrections")
    counts = facts[facts["value"].str.fullmatch(r"\d+")].copy()
    counts["n"] = counts["value"].astype("int32")

    key_questions, prompts = read("key_questions"), read("prompts")
    key_questions = key_questions.sort_values("place").drop_duplicates(["inspection_id", "question_id"])
    answers = answered(pd.concat([key_questions, prompts]), vocabularies, counts)
    is_key = answers["question_level"] == "key_question"
    lowest = answers[is_key].groupby(["inspection_id", "standard_id"])["yes_pct"].transform("min")
    keyed = answers[is_key].assign(is_driver=answers.loc[is_key, "yes_pct"] == lowest, band=banded(answers.loc[is_key]))
    keyed.to_parquet(output / "fct_key_question.parquet")
    answers[answers["question_level"] == "prompt"].to_parquet(output / "fct_prompt.parquet")

    rated(read("ratings"), inspections, keyed, vocabularies).to_parquet(output / "fct_rating.parquet")

    values = pd.to_numeric(corrections["corrected_value"].astype("str").str.rstrip("%"))
    corrected = pd.Series(values.to_numpy(dtype="float64"), index=corrections["citation_id"])
    for name, mart in (
        ("staffing", "fct_staffing"),
        ("case_characteristics", "fct_case_characteristic"),
        ("caseloads", "fct_caseload"),
    ):
        frame = read(name)
        value = pd.to_numeric(frame["value"])
        replaced = frame["citation_id"].map(corrected)
        frame.assign(value=replaced.fillna(value), is_corrected=replaced.notna()).to_parquet(output / f"{mart}.parquet")

    figures = read("reported_figures")
    for column in ("value", "numerator_n", "denominator_n", "value_pct"):
        figures[column] = pd.to_numeric(figures[column])
    figures.to_parquet(output / "fct_reported_figure.parquet")

    for name in ("contextual_facts", "criterion_scores", "rating_bands", "recommendations", "statements"):
        read(name)
    read("recommendation_progress")
    cited(pd.concat(prints), documents).to_parquet(output / "dim_citation.parquet")
    print(
        json.dumps(
            {
                "seconds": round(time.monotonic() - began, 2),
                "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            }
        )
    )


def answered(frame: pd.DataFrame, vocabularies: dict[str, pd.DataFrame], counts: pd.DataFrame) -> pd.DataFrame:
    """Base, possible counts and intervals of every question's percentage."""
    questions = vocabularies["questions"].drop(columns=["standard_id", "question_text"])
    frame = frame.merge(questions, on="question_id")
    frame["yes_pct"] = frame["as_printed"].str.rstrip("%").astype("float64")
    bases = vocabularies["question_bases"].set_index("scope_id")["base_fact"]
    scope = frame["question_id"].where(frame["question_id"].isin(bases.index))
    scope = scope.fillna(frame["parent_question_id"].where(frame["parent_question_id"].isin(bases.index)))
    scope = scope.fillna(frame["standard_id"])
    frame["fact"] = scope.map(bases).replace("outcomes_cases", "cases_inspected")
    frame = frame.merge(
        counts[["inspection_id", "fact", "n", "citation_id"]].rename(columns={"citation_id": "base_citation_id"}),
        on=["inspection_id", "fact"],
        how="left",
    )
    n, pct = frame["n"], frame["yes_pct"]
    low = np.maximum(np.ceil(n * (2 * pct - 1) / 200), 0)
    high = np.minimum(np.floor((n * (2 * pct + 1) - pct % 2) / 200), n)
    possible = low <= high
    frame["yes_n_low"], frame["yes_n_high"] = low.where(possible), high.where(possible)
    frame["yes_n"] = low.where(low == high)
    frame["yes_n_status"] = np.select(
        [n.isna(), ~possible, low == high], ["base_not_printed", "impossible", "implied"], "several_possible"
    )
    for level, z in ((80, Z_80), (95, Z_95)):
        for side, k, sign in (("low", frame["yes_n_low"], -1), ("high", frame["yes_n_high"], 1)):
            spread = z * np.sqrt(np.maximum(k * (n - k) / n + z * z / 4, 0))
            frame[f"yes_pct_{side}_{level}"] = (100 * (k + z * z / 2 + sign * spread) / (n + z * z)).round(2)
    return frame


def banded(frame: pd.DataFrame) -> pd.Series:
    """Band of a percentage."""
    names = ["Inadequate", "Requires improvement", "Good", "Outstanding"]
    return pd.cut(frame["yes_pct"], [-1, 49.5, 64.5, 79.5, 101], labels=names, right=False).astype(str)


def rated(
    ratings: pd.DataFrame, inspections: pd.DataFrame, keyed: pd.DataFrame, vocabularies: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    """The rating of record with points, and the rating the lowest key question gives."""
    ratings = ratings.assign(order=ratings["place"].map({"summary": 0, "chapter": 1, "results": 2}))
    ratings = ratings.sort_values("order").drop_duplicates(["inspection_id", "standard_id"])
    ratings = ratings.merge(vocabularies["rating_scale"], on="rating_id").merge(
        inspections[["inspection_id", "framework_id"]], on="inspection_id"
    )
    drivers = keyed[keyed["is_driver"]].drop_duplicates(["inspection_id", "standard_id"])
    ratings = ratings.merge(
        drivers[["inspection_id", "standard_id", "yes_pct", "band"]], on=["inspection_id", "standard_id"], how="left"
    )
    return ratings.assign(rating_agrees=ratings["rating_name"] == ratings["band"])


def cited(prints: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Every printed figure once, the longest print of a place, with a locator."""
    order = prints.assign(length=-prints["as_printed"].str.len()).sort_values(["citation_id", "length"])
    once = order.drop_duplicates("citation_id").drop(columns="length")
    once = once.merge(documents[["document_id", "title"]], on="document_id")
    pages = ", pages " + once["page_from"] + " to " + once["page_to"]
    table = (", table “" + once["table_name"] + "”, row " + once["row_number"]).fillna("")
    locator = once["title"] + ", section “" + once["section"] + "”" + pages + table + ": “" + once["as_printed"] + "”"
    return once.assign(locator=locator)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
