"""Chapter 6: recommendations."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.questions.shared import Answer, Tables, joined, with_body


def themed(recommendations: pd.DataFrame, by: str = "theme_name") -> pd.DataFrame:
    """Recommendations once for each of their themes."""
    second = recommendations[recommendations[f"second_{by}"].notna()]
    return pd.concat([recommendations, second.assign(**{by: second[f"second_{by}"]})])


def to_whom_about_what(tables: Tables) -> Answer:
    made = themed(tables["fct_recommendation"])
    addressees = ["pdu", "region", "hmpps", "other"]
    addressee = made.addressee_id.where(made.addressee_id.isin(addressees), "other")
    counted = (
        made.groupby(["theme_name", addressee]).size().unstack(fill_value=0).reindex(columns=addressees, fill_value=0)
    )
    counted["inspections_n"] = made.groupby("theme_name").inspection_id.nunique()
    counted["rows_n"] = counted[addressees].sum(axis=1)
    return counted.reset_index().sort_values(
        ["inspections_n", "rows_n", "theme_name"], ascending=[False, False, True]
    )[["theme_name", *addressees, "inspections_n"]]  # fmt: skip


def recurring(tables: Tables) -> Answer:
    made = tables["fct_recommendation"]
    repeated = made.groupby("title").inspection_id.transform("nunique") > 1
    made = with_body(tables, themed(made.assign(repeated=made.title.where(repeated))), "inspection_year")
    counted = made.groupby("theme_name", as_index=False).agg(
        inspections_n=("inspection_id", "nunique"),
        first_year=("inspection_year", "min"),
        last_year=("inspection_year", "max"),
        recommendations_n=("title", "size"),
        in_the_same_words=("repeated", lambda titles: joined(sorted(titles.dropna().unique())) or None),
    )
    return counted[counted.inspections_n > 1].sort_values(
        ["inspections_n", "recommendations_n", "theme_name"], ascending=[False, False, True]
    )


def progress_on_earlier(tables: Tables) -> Answer:
    progress = tables["fct_recommendation_progress"]
    sources = tables["dim_organisation"][["organisation_id", "organisation_name"]]
    kept = with_body(tables, progress).merge(
        sources, left_on="source_organisation_id", right_on="organisation_id", suffixes=("", "_source")
    )
    kept["order"] = kept.groupby(["source_organisation_id", "title"]).progress_order.transform("mean")
    kept["still_required"] = np.select(
        [kept.improvement_required_status != "reported", kept.is_improvement_required.eq(True)],
        ["not printed", "yes"],
        "no",
    )
    return kept.sort_values(["order", "title", "progress_order", "inspection_id"])[
        ["title", "organisation_name_source", "organisation_name", "progress", "still_required"]
    ]


def no_progress_and_recommended_again(tables: Tables) -> Answer:
    progress = tables["fct_recommendation_progress"]
    made = themed(tables["fct_recommendation"], by="theme_id").sort_values("recommendation_number")
    now = made.groupby(["inspection_id", "theme_id"], as_index=False).agg(recommended_now=("title", joined))
    kept = progress[progress.progress_order == 0].merge(now, on=["inspection_id", "theme_id"], how="left")
    return with_body(tables, kept).sort_values(["inspection_id", "progress_number"])[
        ["organisation_name", "theme_name", "title", "recommended_now"]
    ]
