"""Names and texts as SQL writes them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def quoted(name: str) -> str:
    """An identifier for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str | Path) -> str:
    """A text or a path as a literal for SQL."""
    return "'" + str(text).replace("'", "''") + "'"


def texts(values: Iterable[str]) -> str:
    """A list of texts for SQL; written out, since DuckDB's client imports pandas for a parameter."""
    return f"[{', '.join(map(literal, values))}]::varchar[]"


def quoted_list(names: tuple[str, ...] | list[str]) -> str:
    """Identifiers for SQL, separated by commas."""
    return ", ".join(quoted(name) for name in names)
