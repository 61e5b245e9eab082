"""The national picture: what published pages say about every unit, kept apart from figures read from reports."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pdu_inspections.site import queries
from pdu_inspections.site.charts import shares
from pdu_inspections.site.charts.drawing import TINTS, Panel
from pdu_inspections.site.content import Content, Page, Row, initials

PLACES = {
    "north_west": (2, 1), "north_east": (3, 1),
    "greater_manchester": (2, 2), "yorkshire_and_the_humber": (3, 2),
    "wales": (1, 3), "west_midlands": (2, 3), "east_midlands": (3, 3), "east_of_england": (4, 3),
    "south_west": (1, 4), "south_central": (2, 4), "london": (3, 4), "kent_surrey_and_sussex": (4, 4),
}  # fmt: skip
"""Column and row of a region among the tiles; one that is not here takes the next free place."""
UNIT_COLUMNS = ("pdu_id", "pdu_name", "region_name", "rating", "published_date", "published_precision", "citation_id")
YEAR_COLUMNS = ("published_year", "rating", "rated_n")
PUBLISHED_COLUMNS = (
    "published_rating_id", "body_name", "body_type", "region_name", "programme_name", "published_date",
    "published_precision", "rating", "score_low", "score_high", "score_max", "source_type", "url", "citation_id",
)  # fmt: skip


def pages(content: Content) -> Iterator[Page]:
    """The one page."""
    units = [row | {"letters": initials(row["rating"] or "–")} for row in content.pdus]
    units.sort(key=lambda row: (row["region_id"], 9 if row["points"] is None else row["points"], row["pdu_name"]))
    years = content.rows(queries.REGIONAL_RATINGS)
    published = content.rows(queries.PUBLISHED_RATINGS)
    regions = [
        row
        | {
            "units": [unit for unit in units if unit["region_id"] == row["region_id"]],
            "place": "grid-area:{1}/{0}".format(*PLACES[row["region_id"]]) if row["region_id"] in PLACES else "",
        }
        for row in content.rows(queries.REGIONS)
    ]
    yield Page("national.html", "national.html", "National picture", {
        "units": units,
        "unit_ids": {row["pdu_id"] for row in units},
        "rated": [row for row in units if row["rating"] is not None],
        "regions": sorted(regions, key=lambda row: PLACES.get(row["region_id"], (9, 9))[::-1]),
        "years": years,
        "figure": content.figure(
            "ratings-by-year",
            "Inspections of Probation Delivery Units by year of publication and overall rating",
            [_by_year(content, years)],
            "From published pages, not complete. Each year has other units, and from 2024 other standards.",
        ),
        "published": published,
        "sources": [row for row in content.documents if row["document_kind"] != "report"],
        "sheets": {
            "units": content.csv("units", UNIT_COLUMNS, units),
            "years": content.csv("units-by-year", YEAR_COLUMNS, years),
            "published": content.csv("published-ratings", PUBLISHED_COLUMNS, published),
        },
    })  # fmt: skip


def _by_year(content: Content, years: list[Row]) -> Panel:
    rows = []
    for year, group in groupby(years, key=lambda row: row["published_year"]):
        counted = {row["rating"]: row["rated_n"] for row in group}
        rows.append({"label": str(year), **{band["rating"]: counted.get(band["rating"], 0) for band in content.bands}})
    series = [(band["rating"], band["rating"], tint) for band, tint in zip(content.bands, TINTS, strict=False)]
    return shares.counts("ratings-by-year", "", rows, series)
