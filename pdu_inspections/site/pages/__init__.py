"""The pages of the site, by subject."""

from __future__ import annotations

from collections.abc import Iterator

from pdu_inspections.site.content import Content, Page
from pdu_inspections.site.pages import (
    areas,
    comparisons,
    figures,
    inspections,
    ledger,
    national,
    overview,
    places,
    questions,
    reference,
)

TITLE = "Probation inspections in figures"
NAVIGATION = (
    ("index.html", "Overview"),
    ("places/index.html", "Find a place"),
    ("national.html", "National picture"),
    ("inspections/index.html", "Inspections"),
    ("compare/index.html", "Compare"),
    ("questions/index.html", "Questions"),
    ("quality.html", "Before you quote"),
    ("figures/index.html", "Every figure"),
    ("downloads.html", "Data"),
    ("reading.html", "How to read"),
)


def all_pages(content: Content) -> Iterator[Page]:
    """Every page. Once all are made, content holds the CSVs, figures and search entries that go with them."""
    yield overview.page(content, TITLE)
    for subject in (national, places, inspections, areas, comparisons, questions, ledger, figures, reference):
        yield from subject.pages(content)
