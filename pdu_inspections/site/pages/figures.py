"""Every figure, by the report or page that prints it, and where."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pdu_inspections.site import queries
from pdu_inspections.site.content import Content, Page, Row
from pdu_inspections.site.html import anchor

MOST_FIGURES_FOUND = 4_000
"""Where there are more, the search finds the page of a report, which filters its rows: the index stays small."""


def pages(content: Content) -> Iterator[Page]:
    """The list of reports, and a page for each."""
    documents = {row["document_id"]: row for row in content.documents}
    citations = content.rows(queries.CITATIONS)
    printed = {document: list(rows) for document, rows in groupby(citations, key=lambda row: str(row["document_id"]))}
    yield Page("figures/index.html", "figures.html", "Every printed figure", {
        "documents": [row | {"figures_n": len(printed[name])} for name, row in documents.items() if name in printed],
    })  # fmt: skip
    disputes: dict[str, list[Row]] = {}
    findings = {row["discrepancy_id"]: row for row in content.findings}
    for row in content.finding_prints:
        disputes.setdefault(row["citation_id"], []).append(findings[row["discrepancy_id"]])
    is_each_found = len(citations) <= MOST_FIGURES_FOUND
    for document_id, rows in printed.items():
        document = documents[document_id]
        path = f"figures/{document_id}.html"
        if not is_each_found:
            content.find("figure", f"Every figure of: {document['title']}", path)
        for row in rows:
            if is_each_found and row["figure_description"] is not None:
                body = f"{row['organisation_name']} {row['inspection_year']}"
                words = f"{row['as_printed']}: {row['figure_description']}, {body}"
                content.find("figure", words, f"{path}#{anchor(row['citation_id'])}")
        yield Page(path, "figures_of_document.html", document["title"], {
            "document": document,
            "sections": [(section, list(group)) for section, group in groupby(rows, key=lambda row: row["section"])],
            "disputes": disputes,
            "inspections": [row for row in content.inspections if row["document_id"] == document_id],
        })  # fmt: skip
