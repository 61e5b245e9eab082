"""Chapter 8: trusting the figures."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.questions.shared import Answer, Tables, counts_that_fit, half_up, joined, with_body


def before_quoting(tables: Tables) -> Answer:
    found = tables["fct_discrepancy"]
    kept = with_body(tables, found[(found.severity == "high") & (found.status == "open")], "inspection_year")
    return kept.sort_values(
        ["inspection_year", "inspection_id", "rule_id", "discrepancy_id"], ascending=[False, True, True, True]
    )[["organisation_name", "subject", "value_a", "value_b"]]


def findings_by_report(tables: Tables) -> Answer:
    citations, documents, found = (tables[name] for name in ("dim_citation", "dim_document", "fct_discrepancy"))
    weighty = found[(found.status == "open") & (found.severity != "low")].merge(
        citations[["citation_id", "document_id"]], left_on="citation_id_a", right_on="citation_id"
    )
    counted = tables["rpt_data_quality"].groupby("document_id")[
        ["findings_n", "high_n", "medium_n", "low_n", "explained_n", "corrected_n", "open_n"]
    ].sum()  # fmt: skip
    counted["figures_n"] = citations.document_id.value_counts()
    counted["weighty_n"] = weighty.document_id.value_counts()
    counted["settled_n"] = counted.explained_n + counted.corrected_n
    counted["per_100_figures"] = (100 * counted.weighty_n.fillna(0) / counted.figures_n).round(1)
    reports = documents.loc[documents.document_kind == "report", ["document_id", "title"]]
    return reports.merge(counted, on="document_id").sort_values("figures_n", ascending=False)[
        ["title", "figures_n", "findings_n", "high_n", "medium_n", "low_n", "settled_n", "open_n", "per_100_figures"]
    ]


def impossible_percentages(tables: Tables) -> Answer:
    prompts, found = tables["fct_prompt"], tables["fct_discrepancy"]
    annexe = with_body(
        tables, prompts[prompts.yes_n_status == "impossible"], "cases_inspected", "court_reports_inspected"
    )
    for name, column in (
        ("dim_question", "question_text"),
        ("dim_standard", "standard_name"),
        ("dim_citation", "as_printed"),
    ):
        key = f"{name.removeprefix('dim_')}_id"
        annexe = annexe.merge(tables[name][[key, column]], on=key)
    court = annexe.standard_name == "Court work"
    annexe = pd.DataFrame(
        {
            "body": annexe.organisation_name,
            "place": "annexe",
            "what": annexe.question_text,
            "printed": annexe.as_printed,
            "stated_base": np.where(court, "court reports", "inspected cases"),
            "stated_n": annexe.court_reports_inspected.where(court, annexe.cases_inspected),
            "largest_possible_n": annexe.largest_possible_cases_n,
        }
    )
    rules = ["text_percentage_possible_for_its_base", "text_share_possible_for_its_sample"]
    text = with_body(tables, found[found.rule_id.isin(rules)])
    text = pd.DataFrame(
        {
            "body": text.organisation_name,
            "place": "text",
            "what": text.subject,
            "printed": text.value_a,
            "stated_base": text.value_b,
        }
    )
    return pd.concat([annexe, text.drop_duplicates()]).sort_values(["place", "body", "what", "printed"])


def hundred_less_a_prompt(tables: Tables) -> Answer:
    found = tables["fct_discrepancy"]
    kept = with_body(tables, found[found.rule_id == "text_complement_agrees_with_question_table"])
    columns = ["organisation_name", "subject", "value_a", "value_b", "difference", "status"]
    return kept[columns].drop_duplicates().sort_values(["difference", "organisation_name", "subject"])


def bases_of_prompts(tables: Tables) -> Answer:
    prompts, standards, inspections = (tables[name] for name in ("fct_prompt", "dim_standard", "dim_inspection"))
    bases = inspections.loc[inspections.cases_inspected.notna(), ["inspection_id", "cases_inspected"]]
    luck = bases.merge(pd.DataFrame({"pct": range(101)}), how="cross")
    luck["by_luck_pct"] = 100 * (counts_that_fit(luck.pct, luck.cases_inspected) > 0)
    luck = luck.groupby("inspection_id", as_index=False).by_luck_pct.mean()
    court = standards.standard_id[standards.standard_name == "Court work"]
    kept = with_body(tables, prompts[~prompts.standard_id.isin(court)], "cases_inspected")
    kept["said"] = np.select(
        [kept.post_custody_only, kept.not_in_every_case | kept.excludes_unpaid_work_only],
        ["post-custody cases only", "does not apply to every case"],
        "applies to every case",
    )
    kept["possible"] = kept.denominator_basis == "all_cases"
    counted = (
        kept.merge(luck, on="inspection_id")
        .groupby(["organisation_name", "cases_inspected", "said"], as_index=False)
        .agg(prompts_n=("possible", "size"), possible_n=("possible", "sum"), by_luck_pct=("by_luck_pct", "max"))
    )
    counted["possible_pct"] = half_up(100 * counted.possible_n / counted.prompts_n)
    counted["by_luck_pct"] = half_up(counted.by_luck_pct)
    return counted.sort_values(["by_luck_pct", "organisation_name", "said"])[
        ["organisation_name", "cases_inspected", "said", "prompts_n", "possible_n", "possible_pct", "by_luck_pct"]
    ]


def smallest_denominators(tables: Tables) -> Answer:
    questions = tables["rpt_key_question"]
    kept = questions[questions.is_driver & questions.cases_n.notna()].sort_values("question_id")
    groups = ["inspection_id", "standard_name"]
    kept = kept.assign(
        width=half_up(kept.yes_pct_high_95 - kept.yes_pct_low_95),
        tied_n=kept.groupby(groups).question_id.transform("size"),
    )
    return (
        kept.drop_duplicates(groups)
        .sort_values(["cases_n", "organisation_name", "standard_name"])
        .head(15)[
            ["organisation_name", "standard_name", "standard_rating", "cases_n", "yes_n", "yes_pct", "width", "tied_n"]
        ]
    )


def missing_measures(tables: Tables) -> Answer:
    inspections, measures, figures = (tables[name] for name in ("dim_inspection", "dim_measure", "fct_reported_figure"))
    keys = ["inspection_id", "measure_id"]
    in_text = figures.loc[figures.comparator_kind.isna() & figures.measure_id.notna(), keys]
    printed = pd.concat(
        [
            tables["fct_staffing"][[*keys, "value_status"]],
            tables["fct_case_characteristic"][[*keys, "value_status"]],
            in_text.assign(value_status="reported"),
        ]
    )
    printed["reported"] = printed.value_status == "reported"
    printed["not_given"] = printed.value_status.isin(["not_provided", "not_available"])
    printed = printed.groupby(keys, as_index=False)[["reported", "not_given"]].any()
    bodies = inspections.loc[inspections.organisation_type.isin(["pdu", "crc"]), ["inspection_id", "organisation_name"]]
    groups = ["staffing", "workload", "case_characteristic", "provider_delivery"]
    expected = measures.loc[measures.measure_group.isin(groups), ["measure_id", "measure_name"]]
    expected = bodies.merge(expected, how="cross").merge(printed, on=keys, how="left").sort_values("organisation_name")
    reported, not_given = expected.reported.eq(True), expected.not_given.eq(True)
    by_measure = expected.assign(reported=reported).groupby("measure_name").reported
    answer = by_measure.agg(inspections_n="size", reported_by_n="sum")
    answer["not_given"] = expected[not_given].groupby("measure_name").organisation_name.agg(joined)
    answer["not_printed"] = expected[~reported & ~not_given].groupby("measure_name").organisation_name.agg(joined)
    return answer.reset_index().sort_values(["reported_by_n", "measure_name"])


def missing_facts(tables: Tables) -> Answer:
    facts = tables["fct_inspection_fact"]
    status = facts.value_status.where(facts.value_status.isin(["reported", "not_applicable"]), "missing")
    counted = facts.groupby(["fact", status]).size().unstack(fill_value=0)[["reported", "not_applicable", "missing"]]
    missing = facts[status == "missing"].sort_values("inspection_id")
    counted["missing_from"] = missing.groupby("fact").inspection_id.agg(joined)
    counted = counted[counted.missing > 0].reset_index()
    counted["fact"] = counted.fact.str.replace("_", " ")
    return counted.sort_values(["missing", "fact"], ascending=[False, True])


def where_is_a_number(tables: Tables) -> Answer:
    figures = tables["rpt_figure"]
    return figures[(figures.value == 44) & (figures.unit == "per_cent")].sort_values(
        ["inspection_year", "inspection_id", "page_from", "citation_id"], ascending=[False, True, True, True]
    )[
        ["organisation_name", "what", "base_n", "as_printed", "section", "page_from", "page_to", "discrepancies_n"]
    ]  # fmt: skip
