"""From the records of a job to a source of the reader."""

from __future__ import annotations

from pathlib import Path

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.reader.sandbox.lines import lines_of
from pdu_inspections.reader.sandbox.parent import Outcome
from pdu_inspections.reader.source import Source, document_id
from pdu_inspections.reader.text import Line

_LONGEST_NOTICE = 300


def source_of(path: Path, source_format: str, outcome: Outcome) -> Source:
    """The lines of an outcome as a source. Raises InputError where the file's name gives no id."""
    identifier = document_id(path)
    if not identifier:
        raise InputError(
            Problem(str(path), "has a name that gives no id", expected="a file name with letters or digits")
        )
    records = [record for record in outcome.records if "text" in record]
    sheets: list[tuple[str, int]] = []
    notices: list[str] = []
    count = 0
    for record in outcome.records:
        count += "text" in record
        if isinstance(title := record.get("section"), str):
            sheets.append((" ".join(title.split()), count))
        if isinstance(notice := record.get("notice"), str):
            notices.append(notice[:_LONGEST_NOTICE])
        if record.get("format") in ("xlsx", "ods"):
            source_format = str(record["format"])
    lines = tuple(
        Line(number, text, fragments[0].page if fragments else None, tuple((f.at, f.x, f.y) for f in fragments))
        for number, (text, fragments) in enumerate(lines_of(path, records), 1)
    )
    return Source(str(path), identifier, outcome.sha256, source_format, lines, tuple(sheets), tuple(notices))
