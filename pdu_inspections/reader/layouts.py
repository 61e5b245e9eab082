"""Which kind of report it is, told from its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.reader.document import Document, Line
from pdu_inspections.reader.text import clean_text, plain_punctuation

PDU_LONG = "pdu_long"
PDU_SHORT = "pdu_short"
CRC = "crc"
ESI_FOLLOW_UP = "esi_follow_up"

FRAMEWORKS = {PDU_LONG: "pdu_2021", PDU_SHORT: "pdu_2021", CRC: "crc_2018", ESI_FOLLOW_UP: "esi_2003"}

_COVER_LINES = 120
_PUBLISHER = re.compile(r"inspectorate\s+of\s+probation|effective\s+supervision\s+inspection|hmi\s+probation", re.I)
_ESI = re.compile(r"effective\s+supervision\s+inspection", re.I)
_FOLLOW_UP = re.compile(r"follow[-\s]?up\s+(?:report|inspection)", re.I)
_CRC = re.compile(r"(?i:community\s+rehabilitation\s+compan)|\bCRC\b")
_PDU = re.compile(r"probation\s+services\s+in\b|probation\s+delivery\s+unit|\bPDU\b", re.I)
_PDU_NAMES = ("PDU", "Probation Delivery Unit")
_CRC_NAMES = ("CRC", "Community Rehabilitation Company")
_RATINGS = (re.compile(r"overall\s+rating\b"), re.compile(r"requires\s+improvement\b"), re.compile(r"key\s+question\b"))
"""Any of these in lower case; one expression each, since one alone that begins with a letter is found fast."""
_DATA_ANNEXE = re.compile(r"\b(?:inspection\s+data|staffing\s+(?:and\s+workload\s+)?data)$", re.I)


def detect_layout(source: Document) -> str:
    """Layout of a report. Raises InputError where it is none that the reader knows."""
    cover = plain_punctuation(_joined(source.lines[:_COVER_LINES]))
    if not _PUBLISHER.search(cover):
        raise InputError(_no_report(source, "no cover of the Inspectorate in its first lines"))
    title = cover[: cover.lower().find("contents")] if "contents" in cover.lower() else cover
    if _ESI.search(title) and _FOLLOW_UP.search(title):
        return ESI_FOLLOW_UP
    whole = _joined(source.lines)
    low = whole.lower()
    if not any(words.search(low) for words in _RATINGS):
        raise InputError(_no_report(source, "no ratings"))
    is_pdu = sum(map(whole.count, _PDU_NAMES)) > sum(map(whole.count, _CRC_NAMES))
    if _PDU.search(title) and is_pdu:
        has_data = any(_DATA_ANNEXE.search(_heading(line)) for line in source.lines if len(line.text) < 100)
        return PDU_LONG if has_data else PDU_SHORT
    if _CRC.search(title) and not is_pdu:
        return CRC
    raise InputError(_no_report(source, "a cover that names neither a PDU nor a CRC nor a follow-up inspection"))


def _heading(line: Line) -> str:
    return clean_text(line).text.strip(" #*|.0123456789\t")


def _joined(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines)


def _no_report(source: Document, found: str) -> Problem:
    return Problem(
        source.name,
        "is not an inspection report of a layout the reader knows",
        found=found,
        expected="a PDU report (long or short form), a CRC report, or an Effective Supervision follow-up",
    )
