"""Chapter 7: comparisons."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.questions.shared import Answer, Tables, half_up, newcombe, with_body, with_measure


def differences_between_pdus(tables: Tables) -> Answer:
    comparisons, answers = tables["rpt_key_question_comparison"], tables["rpt_key_question"]
    exact = comparisons[comparisons.comparable == "exact"]
    kept = exact[exact.is_distinguishable.eq(True)]
    columns = ["inspection_id", "question_id", "yes_n", "standard_name", "topic_name", "organisation_name"]
    for side in ("earlier", "later"):
        named = answers[columns].add_prefix(f"{side}_")
        kept = kept.merge(named, on=[f"{side}_inspection_id", f"{side}_question_id"])
    counts = (kept.later_yes_n, kept.later_cases_n, kept.earlier_yes_n, kept.earlier_cases_n)
    low, high = newcombe(*counts, confidence=100 - 5 / len(exact))
    kept = kept.assign(
        gap=kept.difference_points.abs(),
        low=half_up(kept.difference_low_95),
        high=half_up(kept.difference_high_95),
        sure=(low > 0) | (high < 0),
    )
    return kept.sort_values(
        ["gap", "later_question_id", "earlier_organisation_name", "later_organisation_name"],
        ascending=[False, True, True, True],
    )[
        ["later_standard_name", "later_topic_name", "earlier_organisation_name", "earlier_yes_pct",
         "later_organisation_name", "later_yes_pct", "difference_points", "low", "high", "sure"]
    ]  # fmt: skip


def warwickshire_2005_to_2022(tables: Tables) -> Answer:
    rows, comparisons = tables["rpt_area_timeline"], tables["rpt_key_question_comparison"]
    rows = rows[(rows.area_id == "warwickshire") & rows.value_kind.isin(["share_of_cases", "criterion_score"])]
    rows = rows[rows.duplicated("conformed_topic_id", keep=False)]
    timeline = rows.pivot(index="conformed_topic_id", columns="inspection_year", values="value").reset_index()
    compared = comparisons[
        (comparisons.earlier_inspection_id == "warwickshire_and_west_mercia_crc_2019")
        & (comparisons.later_inspection_id == "warwickshire_pdu_2022")
    ]
    timeline = timeline.merge(compared, left_on="conformed_topic_id", right_on="conformed_question_id", how="left")
    timeline["topic"] = timeline.conformed_topic_id.str.replace("_", " ")
    timeline["low"], timeline["high"] = half_up(timeline.difference_low_95), half_up(timeline.difference_high_95)
    return timeline.sort_values(["difference_points", "topic"])[
        ["topic", 2005, 2006, 2019, 2022, "comparable", "difference_points", "low", "high"]
    ]


def from_crc_to_pdus(tables: Tables) -> Answer:
    comparisons, inspections = tables["rpt_key_question_comparison"], tables["dim_inspection"]
    crcs = inspections.inspection_id[inspections.organisation_type == "crc"]
    pdus = inspections.loc[inspections.organisation_type == "pdu", ["inspection_id", "organisation_name"]]
    kept = comparisons[
        comparisons.earlier_inspection_id.isin(crcs) & comparisons.comparable.isin(["exact", "close"])
    ].merge(pdus, left_on="later_inspection_id", right_on="inspection_id")
    return (
        kept.assign(
            better=kept.difference_points > 0,
            surely_better=kept.difference_low_95 > 0,
            worse=kept.difference_points < 0,
            surely_worse=kept.difference_high_95 < 0,
        )
        .groupby("organisation_name", as_index=False)
        .agg(
            questions_n=("better", "size"),
            better_n=("better", "sum"),
            surely_better_n=("surely_better", "sum"),
            worse_n=("worse", "sum"),
            surely_worse_n=("surely_worse", "sum"),
        )
    )


def region_and_nation(tables: Tables) -> Answer:
    figures, outcomes = tables["fct_reported_figure"], tables["fct_outcome"]
    caseloads, staffing = tables["fct_caseload"], tables["fct_staffing"]
    columns = ["inspection_id", "measure_id", "what", "level", "figure", "unit"]
    wider = figures[figures.comparator_kind.isin(["region", "national", "target"])]
    wider = wider.assign(
        what=wider.description,
        level=wider.comparator_kind,
        figure=wider.value.fillna(wider.value_pct),
        unit=wider.unit.fillna("per_cent"),
    )
    others = with_measure(tables, outcomes[outcomes.comparator_pct.notna()])
    others = others.assign(
        what=others.measure_name + ", all CRCs", level="national", figure=others.comparator_pct, unit="per_cent"
    )
    wider = pd.concat([wider[columns].drop_duplicates(), others[columns]])
    values = ["inspection_id", "measure_id", "value"]
    own = pd.concat(
        [
            caseloads.loc[caseloads.population_id == "caseload", values],
            staffing.loc[staffing.grade_id == "all", values],
            outcomes[outcomes.population_id == "caseload"].rename(columns={"value_pct": "value"})[values],
        ]
    )
    wider = with_body(tables, wider.merge(own, on=["inspection_id", "measure_id"], how="left"))
    wider["unit"] = wider.unit.str.replace("_", " ")
    return wider.sort_values(["level", "organisation_name", "what"])[
        ["organisation_name", "level", "what", "figure", "unit", "value"]
    ]


def who_took_over_from_whom(tables: Tables) -> Answer:
    lineage, bodies = tables["bridge_organisation_lineage"], tables["dim_organisation"]
    bodies = bodies[["organisation_id", "organisation_name", "inspections_n"]]
    for side in ("predecessor", "successor"):
        lineage = lineage.merge(bodies.add_prefix(f"{side}_"), on=f"{side}_organisation_id")
    whole = (lineage.predecessor_share == "whole") & (lineage.successor_share == "whole")
    return lineage.assign(joinable=np.where(whole, "yes", "only with the break marked")).sort_values(
        ["effective_date", "successor_organisation_name", "predecessor_organisation_name"],
        ascending=[False, True, True],
    )[
        ["predecessor_organisation_name", "successor_organisation_name", "predecessor_share", "successor_share",
         "effective_date", "effective_date_precision", "predecessor_inspections_n", "joinable"]
    ]  # fmt: skip
