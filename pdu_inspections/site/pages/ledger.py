"""What to know before quoting the reports: every contradiction found, and the rules that figures must keep."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pdu_inspections.site import queries
from pdu_inspections.site.content import Content, Page
from pdu_inspections.site.html import page_id

SEVERITIES = {
    "high": (
        "Most misleading",
        "A number, a rating or a conclusion that people quote would be wrong, or a whole table would be misread.",
    ),
    "medium": (
        "Misleading in detail",
        "A base, a minor figure or the strength of a statement would be misread.",
    ),
    "low": (
        "Small print",
        "Labels, units, names, identifiers and dates; a base off by a few cases; statements that can both hold.",
    ),
}
"""Heading and meaning of each severity, most misleading first."""

COLUMNS = ("document_id", "title", "findings_n", "high_n", "medium_n", "low_n", "open_n")


def pages(content: Content) -> Iterator[Page]:
    """The page of contradictions."""
    reports = content.rows(queries.FINDINGS_BY_REPORT)
    for row in content.findings:
        sides = " against ".join(filter(None, (row["value_a"], row["value_b"])))
        body = content.inspection_names.get(row["inspection_id"], row["document_title"])
        words = f"{body}: {row['subject']}: {sides}"
        content.find("contradiction", words, f"quality.html#{page_id(row['discrepancy_id'])}")
    yield Page("quality.html", "quality.html", "Before you quote these reports", {
        "reports": reports,
        "sheet": content.csv("contradictions-by-report", COLUMNS, reports),
        "rules": content.rows(queries.RULES),
        "groups": findings_by_severity(content),
    })  # fmt: skip


def findings_by_severity(content: Content) -> list[tuple[str, str, str, list[tuple[str, list[dict[str, object]]]]]]:
    """Severity, its heading and meaning, and its contradictions by report."""
    return [
        (severity, *SEVERITIES[severity], [
            (title, list(rows)) for title, rows in groupby(group, key=lambda row: str(row["document_title"]))
        ])
        for severity, group in groupby(content.findings, key=lambda row: str(row["severity"]))
    ]  # fmt: skip
