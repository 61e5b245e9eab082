"""Chapter 3: court work and outcomes."""

from __future__ import annotations

import numpy as np

from benchmarks.questions.shared import Answer, Tables, half_up, with_body, with_measure


def court_work(tables: Tables) -> Answer:
    questions = tables["rpt_key_question"]
    kept = questions[questions.standard_name == "Court work"]
    kept = kept.assign(low=half_up(kept.yes_pct_low_95), high=half_up(kept.yes_pct_high_95))
    return kept.sort_values(["yes_pct", "inspection_id"], ascending=[False, True])[
        ["organisation_name", "yes_n", "cases_n", "yes_pct", "low", "high", "standard_rating",
         "band_change_probability_pct"]
    ]  # fmt: skip


def court_work_prompts(tables: Tables) -> Answer:
    prompts, standards = tables["fct_prompt"], tables["dim_standard"]
    court = standards.standard_id[standards.standard_name == "Court work"]
    kept = with_body(tables, prompts[prompts.standard_id.isin(court)]).merge(
        tables["dim_question"][["question_id", "question_text", "question_order"]], on="question_id"
    )
    return kept.assign(
        least=kept.groupby("question_id").yes_pct.transform("min"),
        low=half_up(kept.yes_pct_low_95),
        high=half_up(kept.yes_pct_high_95),
    ).sort_values(["least", "question_order", "inspection_id"])[
        ["question_text", "organisation_name", "yes_n", "cases_n", "yes_pct", "low", "high"]
    ]


def early_outcomes(tables: Tables) -> Answer:
    outcomes = tables["fct_outcome"]
    kept = with_measure(tables, with_body(tables, outcomes[outcomes.population_id == "inspected_cases"]))
    kept = kept.assign(low=half_up(kept.value_pct_low_95), high=half_up(kept.value_pct_high_95))
    return kept.sort_values(["question_id", "value_pct", "inspection_id"], ascending=[True, False, True])[
        ["organisation_name", "measure_name", "value_pct", "numerator_n", "denominator_n", "low", "high"]
    ]


def outcomes_against_targets(tables: Tables) -> Answer:
    outcomes = tables["fct_outcome"]
    kept = with_measure(tables, with_body(tables, outcomes[outcomes.population_id == "caseload"]))
    kept["target_was"] = np.select(
        [kept.target_pct.isna(), kept.value_pct >= kept.target_pct], ["no target printed", "met"], "missed"
    )
    return kept.sort_values(["inspection_id", "measure_name"])[
        ["organisation_name", "measure_name", "value_pct", "comparator_pct", "target_pct", "target_was"]
    ]


def programmes_and_unpaid_work(tables: Tables) -> Answer:
    measures = tables["dim_measure"]
    delivery = measures.loc[measures.measure_group == "provider_delivery", ["measure_id", "measure_name"]]
    kept = with_body(tables, tables["fct_case_characteristic"].merge(delivery, on="measure_id"))
    return kept.sort_values(["measure_name", "value", "inspection_id"], ascending=[True, False, True])[
        ["measure_name", "organisation_name", "as_printed", "unit", "value_status", "supplied_by"]
    ]
