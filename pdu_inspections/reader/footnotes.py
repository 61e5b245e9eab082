"""Footnotes and the source of figures they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pdu_inspections.reader.document import Line, LineKind
from pdu_inspections.reader.text import SUPERSCRIPTS, CleanText, clean_text

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
_SHORTEST_NOTE = 30
_SUNKEN = re.compile(r"(?<=[A-Za-z)?%'’”])\[?(\d{1,3})\]?(?=[\s.,;:]|$)")
_PLAIN_NOTE = re.compile(r"^\s*\[?(?P<mark>\d{1,3})\]?(?P<sign>[.):]?)\s+(?=[A-Z‘'\"“(]|https?:|www\.)")


def supplier_of(text: str) -> str | None:
    """Who supplied a figure, by the wording of its footnote."""
    return next((supplier for supplier, pattern in _SUPPLIERS if pattern.search(text)), None)


def find_suppliers(lines: Sequence[Line]) -> dict[str, str]:
    """Supplier by footnote mark, of every footnote that names one."""
    found: dict[str, str] = {}
    for mark, note, _ in _notes(lines):
        source = supplier_of(note.text)
        if source is not None:
            found.setdefault(mark, source)
    return found


def find_note_marks(lines: Sequence[Line]) -> frozenset[str]:
    """Marks that lead to a footnote. A line such as `7. Reviewing` is none: it is an item of a list or a heading."""
    return frozenset(mark for mark, _, is_certain in _notes(lines) if is_certain)


def find_sunken_marks(lines: Sequence[Line]) -> dict[str, bool]:
    """Marks of footnotes that lost their raised type, and whether each is seen after a word or a per cent sign.

    Such a mark may stick to a bare number and not be told from its last digit: 177 is 17 with note 7.
    """
    raised: set[str] = set()
    plain: set[str] = set()
    for mark, note, is_certain in _notes([line for line in lines if line.kind is LineKind.UNKNOWN]):
        if note.marks and note.marks[0].at == 0:
            raised.add(mark)
        elif is_certain and len(note.text) >= _SHORTEST_NOTE and note.text.rstrip().endswith("."):
            plain.add(mark)
    sunken = plain - raised
    if not sunken:
        return {}
    seen = {found for line in lines for found in _SUNKEN.findall(line.text)}
    return {mark: mark in seen for mark in sunken}


def _notes(lines: Sequence[Line]) -> Iterator[tuple[str, CleanText, bool]]:
    """Footnotes with their marks, and whether each is one for certain."""
    for line in lines:
        if line.mark:
            yield line.mark, clean_text(line), True
        if line.text.lstrip()[:1] not in _BEGINS_NOTE or len(line.text) > _LONGEST_NOTE or line.cells:
            continue
        cleaned = clean_text(line)
        if cleaned.marks and cleaned.marks[0].at == 0:
            yield cleaned.marks[0].number, cleaned, True
        elif (plain := _PLAIN_NOTE.match(cleaned.text)) is not None and "\t" not in line.text:
            yield plain["mark"], cleaned, not plain["sign"]


def supplier(suppliers: Mapping[str, str], marks: Sequence[str]) -> str | None:
    """Supplier the first of these marks leads to."""
    return next((suppliers[mark] for mark in marks if mark in suppliers), None)
