"""Chapter 4: staff."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import factorial

from benchmarks.questions.shared import (
    Answer,
    Tables,
    half_up,
    only_count,
    printed_pct,
    with_body,
    with_measure,
)


def staffing_against_scores(tables: Tables) -> Answer:
    cards = tables["rpt_scorecard"]
    cards = cards.assign(score_pct=half_up(100 * cards.score / cards.score_max))
    return cards.sort_values(["score_pct", "inspection_year", "inspection_id"], ascending=[False, False, True])[
        ["organisation_name", "inspection_year", "score_pct", "vacancy_rate_po_pct", "vacancy_rate_pso_pct",
         "sickness_absence_days_per_person", "average_caseload_po", "average_caseload_pso",
         "workload_po_pct_of_capacity", "attrition_rate_pct"]
    ]  # fmt: skip


def what_staffing_could_prove(tables: Tables) -> Answer:
    staffing, inspections = tables["fct_staffing"], tables["dim_inspection"]
    measured = ["vacancy_rate", "sickness_absence_days", "attrition_rate", "average_caseload",
                "workload_measurement_average"]  # fmt: skip
    scored = inspections.loc[inspections.framework_id == "pdu_2021", ["inspection_id", "score"]]
    points = staffing[staffing.measure_id.isin(measured) & staffing.value.notna()].merge(scored, on="inspection_id")
    keys = ["measure_id", "grade_id"]
    points = points[[*keys, "value", "score"]]
    pairs = points.merge(points, on=keys, suffixes=("_worse", "_better"))
    pairs = pairs[pairs.score_worse < pairs.score_better]
    pairs = pairs.assign(
        as_expected=pairs.value_worse > pairs.value_better, other=pairs.value_worse < pairs.value_better
    )
    counted = points.groupby(keys).size().rename("inspections_n").to_frame()
    counted = counted.join(pairs.groupby(keys)[["as_expected", "other"]].sum()).fillna(0)
    counted = counted[counted.inspections_n > 1].reset_index()
    counted["smallest_p"] = half_up(np.minimum(100, 200 / factorial(counted.inspections_n)))
    return with_measure(tables, counted).sort_values(
        ["inspections_n", "measure_name", "grade_id"], ascending=[False, True, True]
    )[["measure_name", "grade_id", "inspections_n", "as_expected", "other", "smallest_p"]]


def vacancies(tables: Tables) -> Answer:
    staffing, figures = tables["fct_staffing"], tables["rpt_figure"]
    found = figures.loc[figures.mart == "fct_staffing", ["citation_id", "discrepancies_n"]]
    kept = with_body(tables, staffing[staffing.measure_id == "vacancy_rate"], "inspection_year")
    return kept.merge(found, on="citation_id").sort_values(
        ["inspection_year", "inspection_id", "value", "grade_id"], ascending=[False, True, False, True]
    )[["organisation_name", "grade_name", "value", "value_status", "as_printed", "supplied_by", "discrepancies_n"]]


def sickness(tables: Tables) -> Answer:
    figures = tables["fct_reported_figure"]
    kept = with_body(tables, figures[figures.measure_id == "sickness_absence_days"])
    kept["against"] = kept.comparator_kind.fillna("the body itself")
    columns = ["organisation_name", "description", "value", "hedge", "against"]
    return kept[columns].drop_duplicates().sort_values(
        ["organisation_name", "against", "value"], ascending=[True, False, True]
    )  # fmt: skip


def caseload_and_workload(tables: Tables) -> Answer:
    figures, staffing = tables["fct_reported_figure"], tables["fct_staffing"]
    earlier = figures[(figures.measure_id == "average_caseload") & (figures.comparator_kind == "earlier_date")]
    earlier = earlier.groupby(["inspection_id", "grade_id"], as_index=False).agg(earlier=("value", "max"))
    measured = ["average_caseload", "workload_measurement_average"]
    wide = staffing[staffing.measure_id.isin(measured)].pivot(
        index=["inspection_id", "grade_id", "grade_name"], columns="measure_id", values="value"
    )
    wide = with_body(tables, wide.reset_index().merge(earlier, on=["inspection_id", "grade_id"], how="left"))
    return wide.sort_values(
        ["workload_measurement_average", "organisation_name", "grade_name"], ascending=[False, True, True]
    )[["organisation_name", "grade_name", "earlier", *measured]]


def staff_against_caseload(tables: Tables) -> Answer:
    figures, caseloads = tables["fct_reported_figure"], tables["fct_caseload"]
    people = pd.DataFrame(
        {
            "measure_id": ["workforce_female", "workforce_ethnic_minority"],
            "people": ["women", "ethnic minority"],
            "caseload_measure_id": ["caseload_share_women", "caseload_share_ethnic_minority"],
            "inspected_measure_id": ["inspected_female", "inspected_ethnic_minority"],
        }
    )
    staff = figures[figures.measure_id.isin(people.measure_id) & figures.comparator_kind.isna()]
    staff = staff[["inspection_id", "measure_id", "value_pct"]].drop_duplicates().merge(people, on="measure_id")
    columns = ["inspection_id", "measure_id", "value"]
    for place, shares in (
        ("caseload", caseloads[caseloads.population_id == "caseload"]),
        ("inspected", tables["fct_case_characteristic"]),
    ):
        of_place = shares[columns].set_axis(["inspection_id", f"{place}_measure_id", place], axis=1)
        staff = staff.merge(of_place, on=["inspection_id", f"{place}_measure_id"], how="left")
    staff["less"] = staff.value_pct - staff.caseload
    return with_body(tables, staff, "cases_inspected").sort_values(["people", "organisation_name"])[
        ["organisation_name", "people", "value_pct", "caseload", "less", "inspected", "cases_inspected"]
    ]


def workload_said_and_measured(tables: Tables) -> Answer:
    figures, staffing = tables["fct_reported_figure"], tables["fct_staffing"]
    said = figures[
        figures.population_id.isin(["staff_survey", "practitioner_interviews"])
        & figures.comparator_kind.isna()
        & figures.description.str.contains("manageable")
    ]
    said = pd.DataFrame(
        {
            "inspection_id": said.inspection_id,
            "kind": "said",
            "what": said.description,
            "figure": printed_pct(said),
            "unit": "per cent",
            "hedge": said.hedge,
            "k": only_count(said),
            "n": said.base_n,
            "low": half_up(said.share_pct_low_95),
            "high": half_up(said.share_pct_high_95),
        }
    ).drop_duplicates()
    measured = staffing[staffing.measure_id.isin(["average_caseload", "workload_measurement_average"])]
    measured = with_measure(tables, measured.drop(columns="unit").assign(unit=measured.unit.str.replace("_", " ")))
    measured = pd.DataFrame(
        {
            "inspection_id": measured.inspection_id,
            "kind": "measured",
            "what": measured.measure_name + ": " + measured.grade_name,
            "figure": measured.value,
            "unit": measured.unit,
        }
    )
    return with_body(tables, pd.concat([said, measured])).sort_values(["organisation_name", "kind", "what", "figure"])[
        ["organisation_name", "kind", "what", "figure", "unit", "hedge", "k", "n", "low", "high"]
    ]


def skills_and_services_said_and_found(tables: Tables) -> Answer:
    figures, questions, inspections = (
        tables[name] for name in ("fct_reported_figure", "rpt_key_question", "dim_inspection")
    )
    pdus = inspections.inspection_id[inspections.organisation_type == "pdu"]
    said = figures[
        figures.population_id.isin(["staff_survey", "practitioner_interviews"])
        & figures.inspection_id.isin(pdus)
        & (figures.polarity == "success")
        & figures.description.str.contains("skill|equipped|range of services")
    ].sort_values("citation_id")
    said = said[~said.fact_key.fillna(said.citation_id).duplicated()]
    said = pd.DataFrame(
        {
            "inspection_id": said.inspection_id,
            "subject": np.where(said.description.str.contains("services"), "services", "skills"),
            "who": "staff say",
            "what": said.description,
            "pct": printed_pct(said),
            "n": said.denominator_n,
        }
    )
    subjects = pd.DataFrame(
        {
            "standard_name": ["Assessment", "Implementation and delivery"],
            "topic_name": ["Safety of other people", "Desistance"],
            "subject": ["skills", "services"],
        }
    )
    found = questions[questions.organisation_type == "pdu"].merge(subjects, on=["standard_name", "topic_name"])
    found = found.assign(who="cases show").rename(
        columns={"question_text": "what", "yes_pct": "pct", "cases_n": "n"}
    )[said.columns]  # fmt: skip
    return pd.concat([said, found]).sort_values(
        ["subject", "inspection_id", "who", "what"], ascending=[True, True, False, True]
    )


def what_staff_say(tables: Tables) -> Answer:
    figures = tables["fct_reported_figure"]
    kept = figures[
        (figures.population_id == "staff_survey")
        & figures.polarity.isin(["success", "failure"])
        & figures.numerator_n.notna()
    ].sort_values("citation_id")
    kept = kept.assign(fact=kept.fact_key.fillna(kept.citation_id)).drop_duplicates(["fact", "polarity"])
    kept = kept[(kept.share_pct_low_95 > 50) | (kept.share_pct_high_95 < 50)]
    content = (kept.share_pct_low_95 > 50) == (kept.polarity == "success")
    kept = kept.assign(
        verdict=np.where(content, "content", "not content"),
        pct=half_up(100 * kept.numerator_n / kept.denominator_n),
        low=half_up(kept.share_pct_low_95),
        high=half_up(kept.share_pct_high_95),
    )
    return with_body(tables, kept).sort_values(
        ["organisation_name", "verdict", "pct", "description"], ascending=[True, True, False, True]
    )[["organisation_name", "verdict", "description", "numerator_n", "denominator_n", "pct", "low", "high"]]
