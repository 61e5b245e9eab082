"""Names and texts as SQL writes them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def quoted(name: str) -> str:
    """An identifier for SQL."""
    return '"' + name.replace('"', '""') + '"'


def quoted_list(names: Iterable[str]) -> str:
    """Identifiers for SQL, separated by commas."""
    return ", ".join(quoted(name) for name in names)


def literal(text: str | Path) -> str:
    """A text or a path as a literal for SQL."""
    return "'" + str(text).replace("'", "''") + "'"
