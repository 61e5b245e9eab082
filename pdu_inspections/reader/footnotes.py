"""Footnotes and the source of figures they name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pdu_inspections.reader.report import Report
from pdu_inspections.reader.text import SUPERSCRIPTS

NOT_STATED = "not_stated"
_SUPPLIERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "hmip_inspection",
        re.compile(
            r"inspectorate\s+of\s+probation\W*s?\W+(?:own\s+)?inspection\s+data|hmi\s*p(?:robation)?\W+(?:s\s+)?inspection\s+data",
            re.I,
        ),
    ),
    (
        "probation_service",
        re.compile(
            r"(?:supplied|provided)\s+by\s+(?:the\s+)?(?:probation\s+service|hmpps|pdu|region)|prison\s+and\s+probation\s+service|\bHMPPS\b",
            re.I,
        ),
    ),
    ("ministry_of_justice", re.compile(r"ministry\s+of\s+justice|\bMoJ\b", re.I)),
)
_BEGINS_NOTE = frozenset(f"{SUPERSCRIPTS}0123456789[<^")
_LONGEST_NOTE = 500
_PLAIN_NOTE = re.compile(r"^\s*\[?(\d{1,3})\]?[.):]?\s+(?=\S)")


def supplier_of(text: str) -> str | None:
    """Who supplied a figure, by the wording of its footnote."""
    return next((supplier for supplier, pattern in _SUPPLIERS if pattern.search(text)), None)


def footnote_suppliers(report: Report) -> dict[str, str]:
    """Supplier by footnote mark, of every footnote that names one."""
    if report.suppliers is None:
        report.suppliers = _find_suppliers(report)
    return report.suppliers


def _find_suppliers(report: Report) -> dict[str, str]:
    found: dict[str, str] = {}
    for index, line in enumerate(report.lines):
        if line.text.lstrip()[:1] not in _BEGINS_NOTE or len(line.text) > _LONGEST_NOTE:
            continue
        cleaned = report.clean(index)
        raised = cleaned.marks[0].number if cleaned.marks and cleaned.marks[0].at == 0 else ""
        plain = _PLAIN_NOTE.match(cleaned.text)
        mark = raised or (plain.group(1) if plain else "")
        source = supplier_of(cleaned.text) if mark else None
        if source is not None:
            found.setdefault(mark, source)
    return found


def supplier(suppliers: dict[str, str], marks: Sequence[str]) -> str | None:
    """Supplier the first of these marks leads to."""
    return next((suppliers[mark] for mark in marks if mark in suppliers), None)
