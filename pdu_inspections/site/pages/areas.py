"""One area through its inspections, whoever served it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pdu_inspections.site import queries
from pdu_inspections.site.charts.timeline import timeline
from pdu_inspections.site.content import Content, Page

COLUMNS = (
    "area_id", "conformed_topic_id", "inspection_id", "inspection_year", "organisation_name", "framework_id",
    "value_kind", "value", "low_95", "high_95", "unit", "as_printed", "comparable", "is_break", "break_reason",
    "citation_id",
)  # fmt: skip


def pages(content: Content) -> Iterator[Page]:
    """The list of areas, and a page for each."""
    lineage = content.rows(queries.LINEAGE)
    areas = [
        (area_id, list(rows))
        for area_id, rows in groupby(content.rows(queries.TIMELINE), key=lambda row: str(row["area_id"]))
    ]
    yield Page("areas/index.html", "areas.html", "Over the years", {
        "areas": [
            {
                "area_id": area_id,
                "area_name": rows[0]["area_name"],
                "inspections": sorted({(row["inspection_year"], row["organisation_name"]) for row in rows}),
            }
            for area_id, rows in areas
        ],
    })  # fmt: skip
    for area_id, rows in areas:
        years = sorted({row["inspection_year"] for row in rows})
        name = rows[0]["area_name"]
        shares = sorted(
            (row for row in rows if row["value_kind"] != "rating"), key=lambda row: str(row["conformed_topic_id"])
        )
        topics = [
            (topic, list(group)) for topic, group in groupby(shares, key=lambda row: str(row["conformed_topic_id"]))
        ]
        panels = [
            timeline(f"topic-{index}", topic_title(topic), group, years)
            for index, (topic, group) in enumerate(topics, start=1)
            if len(group) > 1
        ]
        path = f"areas/{area_id}.html"
        content.find("place", f"{name} over the years, {', '.join(map(str, years))}", path)
        yield Page(path, "area.html", f"{name} over the years", {
            "area_name": name,
            "bodies": sorted({
                (row["inspection_year"], row["inspection_id"], row["organisation_name"], row["coverage"])
                for row in rows
            }),
            "rows": rows,
            "topic_title": topic_title,
            "figure": content.figure(
                f"area-{area_id}",
                f"{name}, {years[0]} to {years[-1]}: shares of cases judged sufficient, and scores, per cent",
                panels,
                "Circles: shares of cases, with 95% interval. Squares: criterion scores. Dashed line: a break.",
            ) if panels else None,
            "lineage": [row for row in lineage if row["area_id"] == area_id],
            "sheet": content.csv(f"area-{area_id}", COLUMNS, rows),
        })  # fmt: skip


def topic_title(topic_id: str) -> str:
    """A conformed topic as words."""
    return topic_id.replace("_", " ").capitalize()
