"""Chapter 1: ratings."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.questions.shared import Answer, Tables, half_up, with_body


def weakest_at_safety(tables: Tables) -> Answer:
    comparisons = tables["rpt_key_question_comparison"]
    exact = comparisons[comparisons.comparable == "exact"]
    keys = ["inspection_id", "question_id"]
    later = exact.loc[exact.difference_high_95 < 0, [f"later_{key}" for key in keys]].set_axis(keys, axis=1)
    earlier = exact.loc[exact.difference_low_95 > 0, [f"earlier_{key}" for key in keys]].set_axis(keys, axis=1)
    behind = pd.concat([later, earlier]).value_counts().rename("behind_n").reset_index()
    questions = tables["rpt_key_question"]
    kept = questions[(questions.organisation_type == "pdu") & (questions.topic_name == "Safety of other people")]
    citations = tables["dim_citation"][["citation_id", "page_from", "page_to", "table_name", "row_number"]]
    kept = kept.merge(behind, on=keys, how="left").merge(citations, on="citation_id")
    numbers = kept[["page_from", "page_to", "row_number"]].astype(int).astype(str)
    return kept.assign(
        low=half_up(kept.yes_pct_low_95),
        high=half_up(kept.yes_pct_high_95),
        behind_n=kept.behind_n.fillna(0),
        printed=(
            "pages " + numbers.page_from + " to " + numbers.page_to + ", table " + kept.table_name + ", row "
            + numbers.row_number
        ),
    ).sort_values(["question_id", "yes_pct"])[
        ["standard_name", "organisation_name", "yes_pct", "cases_n", "low", "high", "behind_n", "printed"]
    ]  # fmt: skip


def driver_of_each_rating(tables: Tables) -> Answer:
    questions = tables["rpt_key_question"]
    lowest = questions[questions.is_driver]
    lowest = lowest.assign(low=half_up(lowest.yes_pct_low_95), high=half_up(lowest.yes_pct_high_95))
    return lowest.sort_values(["inspection_year", "inspection_id", "question_id"], ascending=[False, True, True])[
        ["organisation_name", "standard_name", "standard_rating", "question_text", "yes_pct", "cases_n", "low", "high"]
    ]


def cases_from_another_band(tables: Tables) -> Answer:
    questions = tables["rpt_key_question"]
    facts = tables["fct_key_question"][["inspection_id", "question_id", "standard_id", "cases_to_band_below"]]
    in_band = ["inspection_id", "standard_name", "band"]
    lowest = questions.loc[questions.is_driver, in_band].drop_duplicates()
    kept = questions.merge(lowest, on=in_band).merge(facts, on=["inspection_id", "question_id"])
    kept["cases_to_band_below"] = kept.cases_to_band_below.where(kept.is_driver)
    keys = ["inspection_year", "inspection_id", "organisation_name", "standard_id", "standard_name", "band"]
    counted = kept.groupby(keys, as_index=False).agg(
        key_questions_n=("question_id", "size"),
        based_n=("cases_n", "count"),
        cases_n=("cases_n", "max"),
        short_n=("cases_to_next_band", "max"),
        spare_n=("cases_to_band_below", "min"),
    )
    counted["short_n"] = counted.short_n.where(counted.based_n == counted.key_questions_n)
    counted["spare_n"] -= 1
    return counted.sort_values(["inspection_year", "inspection_id", "standard_id"], ascending=[False, True, True])[
        ["organisation_name", "standard_name", "band", "key_questions_n", "cases_n", "short_n", "spare_n"]
    ]


def bands_by_chance(tables: Tables) -> Answer:
    questions = tables["rpt_key_question"]
    kept = questions[questions.is_driver & questions.band_change_probability_pct.notna()].sort_values(
        ["band_change_probability_pct", "inspection_id", "question_id"], ascending=[False, True, True]
    )
    kept = kept.head(15)
    return kept.assign(low=half_up(kept.yes_pct_low_80), high=half_up(kept.yes_pct_high_80))[
        ["organisation_name", "standard_name", "yes_pct", "cases_n", "low", "high", "band",
         "band_change_probability_pct"]
    ]  # fmt: skip


def published_against_derived(tables: Tables) -> Answer:
    ratings = tables["fct_rating"]
    kept = with_body(tables, ratings[ratings.rating_basis == "lowest_key_question"], "inspection_year")
    kept = kept.merge(tables["dim_standard"][["standard_id", "standard_name", "standard_order"]], on="standard_id")
    agrees = kept.rating_agrees.eq(True)
    kept["verdict"] = np.select([agrees, kept.is_discretionary], ["agrees", "moved by discretion"], "differs")
    return kept.sort_values(
        ["rating_agrees", "inspection_year", "inspection_id", "standard_order"], ascending=[True, False, True, True]
    )[["organisation_name", "standard_name", "lowest_yes_pct", "rating", "derived_rating", "verdict"]]


def scores_and_overall_ratings(tables: Tables) -> Answer:
    ratings = tables["fct_rating"]
    overall = ratings.loc[ratings.standard_id == "overall", ["inspection_id", "points"]]
    kept = tables["dim_inspection"].merge(overall, on="inspection_id")
    kept["short"] = np.floor(kept.score_max * (kept.points + 0.5) / 3) + 1 - kept.score
    kept["spare"] = (kept.score - np.floor(kept.score_max * (kept.points - 0.5) / 3) - 1).where(kept.points > 0)
    return kept.sort_values(["inspection_year", "score", "inspection_id"], ascending=[False, False, True])[
        ["organisation_name", "inspection_year", "overall_rating", "score", "score_max", "short", "spare",
         "score_status"]
    ]  # fmt: skip


def ratings_side_by_side(tables: Tables) -> Answer:
    cards = tables["rpt_scorecard"]
    return cards[cards.overall_rating.notna()].sort_values(
        ["inspection_year", "score", "inspection_id"], ascending=[False, False, True]
    )[
        ["organisation_name", "overall_rating", "leadership_rating", "staff_rating", "services_rating",
         "information_and_facilities_rating", "court_work_rating", "assessment_rating", "planning_rating",
         "delivery_rating", "reviewing_rating"]
    ]  # fmt: skip
