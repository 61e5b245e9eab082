"""A select of a generated table, and the provenance of its rows, as SQL."""

from __future__ import annotations

from dataclasses import dataclass

Columns = dict[str, str]


@dataclass(frozen=True)
class Select:
    """One select of a table: where its rows come from, and its columns as SQL expressions."""

    source: str
    columns: Columns


def text(value: str) -> str:
    """A text as SQL."""
    return "'" + value.replace("'", "''") + "'"


def at(section: str, line: str | int, column: str | int = 40, pages: tuple[int, int] = (8, 24)) -> Columns:
    """Provenance of a figure in running text."""
    return {
        "inspection_id": "id",
        "document_id": "id",
        "section": text(section),
        "page_from": str(pages[0]),
        "page_to": str(pages[1]),
        "line_number": str(line),
        "column_number": str(column),
    }


def in_table(section: str, table: str, row: str | int, line: str | int, pages: tuple[int, int] = (8, 24)) -> Columns:
    """Provenance of a figure in a table."""
    return at(section, line, pages=pages) | {"table_name": text(table), "row_number": str(row)}


def cited(line: str | int, column: str | int = 40) -> str:
    """The citation of a line, as SQL."""
    return f"concat(id, ':L', {line}, ':C', {column})"
