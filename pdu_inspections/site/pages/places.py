"""A page for every PDU and region of the register, also where only a rating is known or nothing at all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pdu_inspections.site import queries
from pdu_inspections.site.content import Content, Page, Row


def pages(content: Content) -> Iterator[Page]:
    """The list of places, and a page for each."""
    units = content.pdus
    regions = content.rows(queries.REGIONS)
    published = content.rows(queries.PUBLISHED_RATINGS)
    others = _other_bodies(published)
    figures = content.rows(queries.PUBLISHED_FIGURES)
    standards = content.rows(queries.PUBLISHED_STANDARD_RATINGS)
    read = content.rows(queries.RATINGS)
    held = {row["organisation_id"]: row for row in content.inspections}
    yield Page("places/index.html", "places.html", "Find a place", {
        "units": units,
        "regions": regions,
        "others": others,
    })  # fmt: skip
    for unit in units:
        path = f"places/{unit['pdu_id']}.html"
        content.find("place", f"{unit['pdu_name']} {unit['region_name']} {unit['latest_rating'] or ''}", path)
        alike = [row for row in units if row["region_id"] == unit["region_id"] and row["pdu_id"] != unit["pdu_id"]]
        ratings = [row for row in published if row["pdu_id"] == unit["pdu_id"]]
        own_figures = [row for row in figures if row["body_id"] == unit["pdu_id"]]
        own_standards = [row for row in standards if row["body_id"] == unit["pdu_id"]]
        yield Page(path, "place.html", f"{unit['pdu_name']} PDU", {
            "unit": unit,
            "ratings": ratings,
            "figures": own_figures,
            "standards": own_standards,
            "side_by_side": _side_by_side(ratings, own_standards, own_figures, read) if len(ratings) > 1 else None,
            "report": held.get(unit["organisation_id"]),
            "area_id": held.get(unit["organisation_id"], {}).get("area_id"),
            "alike": alike,
        })  # fmt: skip
    for region in regions:
        path = f"places/{region['region_id']}.html"
        content.find("place", f"{region['region_name']} region", path)
        yield Page(path, "region.html", f"{region['region_name']} region", {
            "region": region,
            "units": [row for row in units if row["region_id"] == region["region_id"]],
            "ratings": [
                row for row in published if row["region_id"] == region["region_id"] and row["body_type"] != "pdu"
            ],
            "figures": [
                row for row in figures if row["body_type"] != "pdu" and row["region_name"] == region["region_name"]
            ],
        })  # fmt: skip
    for body in others:
        content.find("place", f"{body['body_name']} {body['body_type_name']}", "places/index.html#others")


def _side_by_side(ratings: list[Row], published: list[Row], figures: list[Row], read: list[Row]) -> Row:
    """The inspections of one unit, earliest first: each standard's rating and each topic's figures in all of them."""
    columns = ratings[::-1]
    standards: dict[str, list[Row | None]] = {}
    topics: dict[str, list[list[Row]]] = {}
    for index, column in enumerate(columns):
        own = [row for row in published if row["published_rating_id"] == column["published_rating_id"]]
        held = column["inspection_id"]
        own += [row for row in read if held and row["inspection_id"] == held and row["standard_id"] != "overall"]
        for row in own:
            standards.setdefault(row["standard_name"], [None] * len(columns))[index] = row
        for row in figures:
            if row["published_rating_id"] == column["published_rating_id"]:
                topics.setdefault(row["topic_name"] or "Other figures", [[] for _ in columns])[index].append(row)
    in_order = sorted(topics.items(), key=lambda item: item[0] == "Other figures")
    return {"columns": columns, "standards": standards, "topics": dict(in_order)}


def _other_bodies(published: list[Row]) -> list[Row]:
    """Bodies before the PDUs: community rehabilitation companies and divisions of the National Probation Service."""
    names = {"crc": "Community Rehabilitation Company", "nps_division": "NPS division"}
    rows = sorted((row for row in published if row["body_type"] in names), key=lambda row: str(row["body_name"]))
    return [
        {"body_name": name, "body_type_name": names[group[0]["body_type"]], "ratings": group}
        for name, group in ((name, list(rows)) for name, rows in groupby(rows, key=lambda row: str(row["body_name"])))
    ]
