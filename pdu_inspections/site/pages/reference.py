"""How to read the pages, how the figures are made, what has changed, what the data hold and where to take them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pdu_inspections.release.exports.spreadsheet import SPREADSHEET_NAME
from pdu_inspections.site import queries
from pdu_inspections.site.content import Content, Page


def pages(content: Content) -> Iterator[Page]:
    """The pages that are about the data as a whole."""
    columns = content.rows(queries.COLUMNS)
    tables = [
        row | {"columns": [column for column in columns if column["table_name"] == row["table_name"]]}
        for row in content.rows(queries.TABLES)
    ]
    for path, title in (
        ("reading.html", "How to read these pages"),
        ("method.html", "How the figures are made"),
        ("changes.html", "What has changed"),
        ("dictionary.html", "Data dictionary"),
        ("downloads.html", "Data to take away"),
    ):
        content.find("page", title, path)
    yield Page("reading.html", "reading.html", "How to read these pages")
    yield Page("method.html", "method.html", "How the figures are made", {
        "hints": content.rows(queries.START_HERE),
        "checks": content.rows(queries.CHECKS),
    })  # fmt: skip
    yield Page("changes.html", "changes.html", "What has changed", {
        "changes": content.rows(queries.CHANGES),
        "log": _changelog(content),
    })  # fmt: skip
    yield Page("dictionary.html", "dictionary.html", "Data dictionary", {"tables": tables})
    yield Page("downloads.html", "downloads.html", "Data to take away", {
        "files": content.files,
        "spreadsheet": SPREADSHEET_NAME,
        "tables": [row for row in tables if not row["table_name"].startswith("ops_")],
    })  # fmt: skip


def _changelog(content: Content) -> list[tuple[str, list[str]]]:
    """Headings and points of the project's CHANGELOG.md, where there is one."""
    path = content.project / "CHANGELOG.md"
    if not path.is_file():
        return []
    parts = re.split(r"^#{2,3} ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = []
    for part in parts:
        heading, _, text = part.partition("\n")
        points = [" ".join(point.split()) for point in re.split(r"^[-*] ", text, flags=re.MULTILINE)[1:]]
        if points:
            found.append((heading.strip("[] "), points))
    return found
