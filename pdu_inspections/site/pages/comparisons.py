"""Two inspections compared, key question by key question."""

from __future__ import annotations

from collections.abc import Iterator

from pdu_inspections.site import queries
from pdu_inspections.site.charts import shares
from pdu_inspections.site.content import Content, Page

COLUMNS = (
    "conformed_question_id", "earlier_inspection_id", "later_inspection_id", "standard_name", "topic_name",
    "earlier_yes_pct", "later_yes_pct", "earlier_cases_n", "later_cases_n", "difference_points",
    "difference_low_95", "difference_high_95", "is_distinguishable",
    "is_distinguishable_in_pair", "pair_comparisons_n", "comparable", "comparable_reason",
    "earlier_citation_id", "later_citation_id",
)  # fmt: skip


def pairs(content: Content, inspection_id: str | None = None) -> list[tuple[str, str]]:
    """Pairs of inspections that can be compared, earlier first; of one inspection, or all."""
    found = {(row["earlier_inspection_id"], row["later_inspection_id"]): None for row in content.comparisons}
    return [pair for pair in found if inspection_id is None or inspection_id in pair]


def pages(content: Content) -> Iterator[Page]:
    """The table of pairs, and a page for each."""
    inspections = {row["inspection_id"]: row for row in content.inspections}
    all_pairs = pairs(content)
    yield Page("compare/index.html", "comparisons.html", "Compare two inspections", {
        "inspections": [row for row in content.inspections if any(row["inspection_id"] in pair for pair in all_pairs)],
        "pairs": all_pairs,
        "reinspected": content.rows(queries.REINSPECTED_PDUS),
    })  # fmt: skip
    for earlier, later in all_pairs:
        rows = [
            row | {"label": row["topic_name"], "group": row["standard_name"]}
            for row in content.comparisons
            if (row["earlier_inspection_id"], row["later_inspection_id"]) == (earlier, later)
        ]
        counted = [row for row in rows if row["difference_points"] is not None]
        remaining = [row | {"is_distinguishable": row["is_distinguishable_in_pair"]} for row in counted]
        title = f"{content.inspection_names[later]} against {content.inspection_names[earlier]}"
        name = f"compare-{earlier}--{later}"
        path = f"compare/{earlier}--{later}.html"
        content.find("comparison", title, path)
        yield Page(path, "comparison.html", title, {
            "earlier": inspections[earlier],
            "later": inspections[later],
            "rows": rows,
            "counted": counted,
            "told_apart": [row for row in rows if row["is_distinguishable_in_pair"]],
            "leaving_out_zero": [row for row in rows if row["is_distinguishable"]],
            "figure": content.figure(
                name,
                f"{title}: difference in the share of cases judged sufficient, in percentage points",
                [shares.differences("differences", "", remaining)],
                "Line: 95% interval of the difference. Filled: it remains after an allowance for their number.",
            ),
            "sheet": content.csv(name, COLUMNS, rows),
        })  # fmt: skip
