"""The printed passage of a figure, where this machine keeps a copy of the report.

Only a site made from the project itself has them (`pdu site --output`): the inputs of a release hold no report.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pdu_inspections.errors import InputError
from pdu_inspections.review.copies import parse_citation, read_lines

_AROUND = 160
"""Characters shown before and after a figure."""


class Passages:
    """Passages by citation, from the copies of reports below a project."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._lines = cache(self._read)

    def __call__(self, citation_id: str) -> str:
        """The words around a printed figure; empty where no copy is kept, or the citation names no line."""
        try:
            place = parse_citation(citation_id)
        except InputError:
            return ""
        lines = self._lines(place.document_id)
        if not 1 <= place.line_number <= len(lines):
            return ""
        text, at = lines[place.line_number - 1], place.column_number - 1
        start, end = max(0, at - _AROUND), at + _AROUND
        before = "…" if start else ""
        after = "…" if end < len(text) else ""
        return f"{before}{' '.join(text[start:end].split())}{after}"

    def _read(self, document_id: str) -> list[str]:
        try:
            return read_lines(self._project, document_id)
        except InputError:
            return []
