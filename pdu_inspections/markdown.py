"""Text for Markdown pages."""

from __future__ import annotations

_SPECIAL = frozenset("\\`*_[]<>|#")


def plain(value: str) -> str:
    """Text that Markdown shows as it is."""
    return "".join(f"\\{character}" if character in _SPECIAL else character for character in value)


def cell(value: str) -> str:
    """Text for a cell of a table, which is one line."""
    return " ".join(plain(value).splitlines())
