"""Chapter 2: casework."""

from __future__ import annotations

import pandas as pd

from benchmarks.questions.shared import (
    Answer,
    Tables,
    counts_that_fit,
    half_up,
    newcombe,
    only_count,
    printed_pct,
    wilson,
    with_body,
)


def drop_off(tables: Tables) -> Answer:
    questions = tables["rpt_key_question"]
    kept = questions[questions.topic_name.isin(["Engagement", "Desistance", "Safety of other people"])]
    keys = ["inspection_id", "inspection_year", "organisation_name", "topic_name"]
    wide = kept.pivot(index=keys, columns="standard_name", values=["yes_pct", "yes_n", "cases_n"])
    pct, yes_n, cases_n = wide["yes_pct"], wide["yes_n"], wide["cases_n"]
    lost = (yes_n["Assessment"] - yes_n["Implementation and delivery"]).clip(lower=0)
    stages = ["Assessment", "Planning", "Implementation and delivery", "Reviewing"]
    answer = pct[stages].assign(
        less=pct["Implementation and delivery"] - pct["Assessment"],
        lost_n=lost.where(cases_n["Assessment"] == cases_n["Implementation and delivery"]),
    )
    return answer.reset_index().sort_values(
        ["inspection_year", "inspection_id", "less"], ascending=[False, True, True]
    )[["organisation_name", "topic_name", *stages, "less", "lost_n"]]


def casework_of_all_pdus(tables: Tables) -> Answer:
    questions = tables["rpt_key_question"]
    kept = questions[(questions.framework_id == "pdu_2021") & questions.yes_n.notna()]
    pooled = kept.groupby(["question_id", "standard_name", "topic_name"], as_index=False).agg(
        inspections_n=("yes_n", "size"), yes_n=("yes_n", "sum"), cases_n=("cases_n", "sum")
    )
    pooled["yes_pct"] = (100 * pooled.yes_n / pooled.cases_n).round(1)
    low, high = wilson(pooled.yes_n, pooled.cases_n)
    return pooled.assign(low=half_up(low), high=half_up(high)).drop(columns="question_id")


def engagement_against_safety(tables: Tables) -> Answer:
    questions = tables["rpt_key_question"]
    engagement = questions[questions.topic_name == "Engagement"]
    safety = questions[questions.topic_name == "Safety of other people"]
    columns = ["inspection_id", "standard_name", "yes_pct", "yes_n", "cases_n"]
    paired = engagement.merge(safety[columns], on=["inspection_id", "standard_name"], suffixes=("", "_safety"))
    paired["less"] = paired.yes_pct_safety - paired.yes_pct
    paired["gap_n"] = (paired.yes_n - paired.yes_n_safety).where(paired.cases_n == paired.cases_n_safety)
    return paired.sort_values(["inspection_year", "inspection_id", "question_id"], ascending=[False, True, True])[
        ["organisation_name", "standard_name", "yes_pct", "yes_pct_safety", "less", "gap_n", "cases_n"]
    ]


def prompts_least_often_met(tables: Tables) -> Answer:
    prompts, questions = tables["fct_prompt"], tables["dim_question"]
    kept = prompts.loc[
        (prompts.denominator_basis == "all_cases") & prompts.yes_n.notna() & ~prompts.post_custody_only,
        ["question_id", "yes_n", "cases_n"],
    ]
    pooled = kept.groupby("question_id", as_index=False).agg(
        inspections_n=("yes_n", "size"), yes_n=("yes_n", "sum"), cases_n=("cases_n", "sum")
    )
    pooled = pooled[pooled.inspections_n > 1]
    pooled = pooled.assign(yes_pct=100 * pooled.yes_n / pooled.cases_n).sort_values(["yes_pct", "question_id"]).head(12)
    low, high = wilson(pooled.yes_n, pooled.cases_n)
    pooled = pooled.assign(yes_pct=pooled.yes_pct.round(1), low=half_up(low), high=half_up(high))
    return pooled.merge(questions[["question_id", "question_text", "not_in_every_case"]], on="question_id")[
        ["question_text", "not_in_every_case", "inspections_n", "yes_n", "cases_n", "yes_pct", "low", "high"]
    ]


def prompts_that_differ(tables: Tables) -> Answer:
    prompts = tables["fct_prompt"]
    kept = with_body(tables, prompts[prompts.denominator_basis == "all_cases"])
    columns = ["inspection_id", "question_id", "organisation_name", "yes_pct", "yes_n", "cases_n"]
    pairs = kept[columns].merge(kept[columns], on="question_id", suffixes=("", "_other"))
    pairs = pairs[pairs.inspection_id > pairs.inspection_id_other]
    confidence = 100 - 5 / len(pairs)
    low, high = newcombe(pairs.yes_n, pairs.cases_n, pairs.yes_n_other, pairs.cases_n_other)
    pairs = pairs.assign(low=half_up(low), high=half_up(high), gap=(pairs.yes_pct - pairs.yes_pct_other).abs())
    pairs = pairs[(low > 0) | (high < 0)].sort_values(["gap", "question_id"], ascending=[False, True]).head(15)
    low, high = newcombe(pairs.yes_n, pairs.cases_n, pairs.yes_n_other, pairs.cases_n_other, confidence)
    pairs["sure"] = (low > 0) | (high < 0)
    return pairs.merge(tables["dim_question"][["question_id", "question_text"]], on="question_id")[
        ["question_text", "organisation_name", "yes_pct", "organisation_name_other", "yes_pct_other", "low", "high",
         "sure"]
    ]  # fmt: skip


def domestic_abuse_and_safeguarding(tables: Tables) -> Answer:
    figures = tables["fct_reported_figure"]
    about = figures.case_group_id.isin(["domestic_abuse", "safeguarding"]) | figures.description.str.contains(
        "domestic abuse|safeguarding", case=False
    )
    counted = figures.denominator_n.notna() | figures.value_pct.notna()
    known = figures.polarity.notna() & (figures.polarity != "neutral")
    kept = with_body(tables, figures[about & counted & known], "inspection_year")
    return kept.assign(
        k=only_count(kept),
        pct=printed_pct(kept),
        low=half_up(kept.share_pct_low_95),
        high=half_up(kept.share_pct_high_95),
    ).sort_values(
        ["inspection_year", "inspection_id", "population_id", "pct", "citation_id"],
        ascending=[False, True, True, False, True],
    )[["organisation_name", "description", "polarity", "k", "base_n", "pct", "low", "high"]]


def management_oversight(tables: Tables) -> Answer:
    figures = tables["fct_reported_figure"]
    kept = figures[figures.description.str.contains("management oversight", case=False)]
    kept = with_body(tables, kept, "cases_inspected")
    kept["fit"] = counts_that_fit(kept.value_pct, kept.cases_inspected)
    columns = ["organisation_name", "description", "polarity", "hedge", "value_pct", "cases_inspected", "fit"]
    return kept[columns].drop_duplicates().sort_values(["organisation_name", "value_pct"])


def before_release(tables: Tables) -> Answer:
    prompts, figures = tables["fct_prompt"], tables["fct_reported_figure"]
    annexe = prompts[prompts.post_custody_only].merge(
        tables["dim_question"][["question_id", "question_text"]], on="question_id"
    )
    text = figures[figures.question_id.str.startswith("pdu_2021.2.4.4.", na=False)]
    names = ["inspection_id", "question_id", "what", "pct", "k", "n"]
    columns = {
        "annexe": annexe[["inspection_id", "question_id", "question_text", "yes_pct", "yes_n", "cases_n"]],
        "text": text[["inspection_id", "question_id", "description", "value_pct", "numerator_n", "denominator_n"]],
    }
    printed = pd.concat([frame.set_axis(names, axis=1).assign(place=place) for place, frame in columns.items()])
    printed = with_body(tables, printed, "cases_inspected", "post_release_cases")
    in_annexe = printed.place == "annexe"
    for column, base in (("fits_all", "cases_inspected"), ("fits_post_release", "post_release_cases")):
        printed[column] = (counts_that_fit(printed.pct, printed[base]) > 0).where(in_annexe)
    return printed.sort_values(["inspection_id", "question_id", "place", "what"])[
        ["organisation_name", "place", "what", "pct", "k", "n", "fits_all", "fits_post_release"]
    ]
