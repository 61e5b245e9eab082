"""Chapter 5: people on probation."""

from __future__ import annotations

from benchmarks.questions.shared import Answer, Tables, half_up, only_count, printed_pct, with_body


def what_people_say(tables: Tables) -> Answer:
    figures = tables["fct_reported_figure"]
    kept = figures[
        figures.population_id.isin(["user_survey", "user_interviews"])
        & (figures.polarity != "neutral")
        & figures.unit.isna()
    ]
    kept = with_body(tables, kept)
    kept["pct"], kept["k"] = printed_pct(kept), only_count(kept)
    kept["low"], kept["high"] = half_up(kept.share_pct_low_95), half_up(kept.share_pct_high_95)
    columns = ["organisation_name", "description", "polarity", "hedge", "pct", "k", "base_n", "low", "high"]
    return kept[columns].drop_duplicates().sort_values(
        ["organisation_name", "polarity", "pct", "description"], ascending=[True, False, False, True]
    )  # fmt: skip


def caseload_and_sample(tables: Tables) -> Answer:
    caseloads = tables["fct_caseload"]
    measures = ["caseload_total", "caseload_community", "caseload_licence", "caseload_custody"]
    kept = caseloads[caseloads.measure_id.isin(measures)]
    wider = (kept.measure_id == "caseload_total") & (kept.population_id != "caseload")
    kept = kept.assign(measure_id=kept.measure_id.mask(wider, "wider_total"))
    wide = kept.pivot(index="inspection_id", columns="measure_id", values="value").reset_index()
    wide = with_body(tables, wide, "cases_inspected", "community_cases", "post_release_cases")
    wide["pct_of_wider"] = (100 * wide.caseload_total / wide.wider_total).round(1)
    wide["inspected_pct"] = (100 * wide.cases_inspected / wide.caseload_total).round(1)
    return wide.sort_values("caseload_total", ascending=False)[
        ["organisation_name", "caseload_total", "pct_of_wider", "caseload_community", "caseload_licence",
         "caseload_custody", "cases_inspected", "inspected_pct", "community_cases", "post_release_cases"]
    ]  # fmt: skip


def who_was_inspected(tables: Tables) -> Answer:
    figures, measures = tables["fct_case_characteristic"], tables["dim_measure"]
    people = measures.loc[measures.measure_group == "case_characteristic", ["measure_id", "measure_name"]]
    kept = with_body(tables, figures[figures.value.notna()].merge(people, on="measure_id"))
    kept = kept.assign(low=half_up(kept.share_pct_low_95), high=half_up(kept.share_pct_high_95))
    return kept.sort_values(["measure_name", "value", "inspection_id"], ascending=[True, False, True])[
        ["measure_name", "organisation_name", "value", "base_n", "low", "high"]
    ]
