"""Chapter 9: the landscape of all inspections."""

from __future__ import annotations

import pandas as pd

from benchmarks.questions.shared import Answer, Tables, half_up, joined


def ratings_by_year(tables: Tables) -> Answer:
    ratings = ["Inadequate", "Requires improvement", "Good", "Outstanding"]
    wide = (
        tables["rpt_regional_ratings"]
        .groupby(["published_year", "programme_id", "rating"])
        .rated_n.sum()
        .unstack(fill_value=0)
        .reindex(columns=ratings, fill_value=0)
    )
    wide["inspections_n"] = wide.sum(axis=1)
    wide["inadequate_pct"] = half_up(100 * wide.Inadequate / wide.inspections_n)
    return wide.reset_index()


def ratings_by_region_and_year(tables: Tables) -> Answer:
    keys = ["region_name", "published_year", "programme_id", "inspections_n", "pdus_n"]
    ratings = ["Inadequate", "Requires improvement", "Good"]
    wide = tables["rpt_regional_ratings"].pivot(index=keys, columns="rating", values="rated_n").reset_index()
    return wide[[*keys[:3], *ratings, *keys[3:]]]


def reinspections(tables: Tables) -> Answer:
    pairs = tables["rpt_reinspection"]
    order = pairs.direction.map({"better": 0, "same": 1}).fillna(2)
    return pairs.assign(order=order).sort_values(["order", "body_name", "published_year"])[
        ["body_name", "region_name", "earlier_date", "earlier_rating", "published_year", "rating", "direction",
         "is_same_programme"]
    ]  # fmt: skip


def reinspections_together(tables: Tables) -> Answer:
    pairs = tables["rpt_reinspection"]
    counted = (
        pairs[pairs.body_type == "pdu"]
        .assign(
            inadequate=pairs.rating == "Inadequate",
            requires_improvement=pairs.rating == "Requires improvement",
            better=pairs.direction == "better",
            same=pairs.direction == "same",
            worse=pairs.direction == "worse",
        )
        .groupby("earlier_rating")[["inadequate", "requires_improvement", "better", "same", "worse"]]
        .sum()
    )
    counted.insert(0, "pdus_n", counted[["better", "same", "worse"]].sum(axis=1))
    return counted.reindex(["Inadequate", "Requires improvement", "Good"]).reset_index()


def our_pdus_among_all(tables: Tables) -> Answer:
    inspections, published, ratings = (
        tables[name] for name in ("dim_inspection", "fct_published_rating", "fct_rating")
    )
    pdus = inspections.loc[
        inspections.organisation_type == "pdu", ["inspection_id", "organisation_name", "overall_rating", "score"]
    ]
    ours = pdus.merge(ratings.loc[ratings.standard_id == "overall", ["inspection_id", "points"]], on="inspection_id")
    ours = ours.merge(published[["inspection_id", "programme_id"]], on="inspection_id")
    others = published.loc[
        (published.body_type == "pdu") & published.points.notna(),
        ["programme_id", "inspection_id", "points", "score_low"],
    ]
    pairs = ours.merge(others, on="programme_id", suffixes=("", "_other"))
    pairs = pairs[pairs.inspection_id != pairs.inspection_id_other]
    counted = pairs.assign(
        better=pairs.points_other > pairs.points,
        alike=pairs.points_other == pairs.points,
        worse=pairs.points_other < pairs.points,
        with_score=pairs.score_low.notna(),
        higher=pairs.score_low > pairs.score,
        same=pairs.score_low == pairs.score,
        lower=pairs.score_low < pairs.score,
    )
    counted = counted.groupby(["organisation_name", "overall_rating", "score"], as_index=False)[
        ["better", "alike", "worse", "with_score", "higher", "same", "lower"]
    ].sum()
    return counted.sort_values(["score", "organisation_name"], ascending=[False, True])[
        ["organisation_name", "overall_rating", "better", "alike", "worse", "score", "with_score", "higher", "same",
         "lower"]
    ]  # fmt: skip


def scores(tables: Tables) -> Answer:
    published = tables["fct_published_rating"]
    known = published[published.score_low.notna()].sort_values("body_name")
    known = known.assign(
        derived=known.score_basis == "derived",
        named=known.body_name + " " + known.published_year.astype(str),
    )
    counted = known.groupby(["score_max", "score_low", "score_high"], as_index=False).agg(
        pdus_n=("named", "size"), derived_n=("derived", "sum"), pdus=("named", joined)
    )
    low, high = counted.score_low.astype(int).astype(str), counted.score_high.astype(int).astype(str)
    counted["score"] = low.where(low == high, low + " to " + high)
    return counted.sort_values(["score_max", "score_low", "score_high"], ascending=[False, True, True])[
        ["score_max", "score", "pdus_n", "derived_n", "pdus"]
    ]


def how_certain(tables: Tables) -> Answer:
    published = tables["fct_published_rating"]
    told = {
        "source of the rating": published.source_type.str.replace("_", " "),
        "date known to the": published.published_precision.replace("two_years", "year, one of two"),
        "date known from": published.date_basis.str.replace("_", " "),
        "score": published.score_basis.str.replace("_", " "),
        "address of the page": published.url.notna().map({True: "kept", False: "not kept"}),
        "read from its report too": published.inspection_id.notna().map({True: "yes", False: "no"}),
    }
    counted = pd.concat({what: how.value_counts() for what, how in told.items()}, names=["what", "how"])
    return (
        counted.rename("inspections_n")
        .reset_index()
        .sort_values(["what", "inspections_n", "how"], ascending=[True, False, True])
    )


def pdus_without_rating(tables: Tables) -> Answer:
    units, regions = tables["dim_pdu"], tables["dim_probation_region"]
    unrated = units[units.is_registered & units.latest_rating.isna()].sort_values("pdu_name")
    named = unrated.groupby(["region_id", "region_name"], as_index=False).agg(pdus=("pdu_name", joined))
    return named.merge(regions[["region_id", "pdus_n", "rated_pdus_n"]], on="region_id").sort_values("region_name")[
        ["region_name", "pdus_n", "rated_pdus_n", "pdus"]
    ]
