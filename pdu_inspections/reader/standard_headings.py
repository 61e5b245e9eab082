"""Headings of standards (2.2. Assessment), wherever a report prints them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pdu_inspections.reader.report import Report
from pdu_inspections.reader.sections import may_be_standard_heading
from pdu_inspections.reader.table_rows import cell_bounds
from pdu_inspections.reader.text import CleanText, normalise, similarity
from pdu_inspections.reader.vocabulary import Standard

_CODED = re.compile(
    r"^[\W_]*(?i:standard\s+)?(?:[A-Z]\s?)?(?P<code>[1-9]\s?\.\s?[1-9])(?!\s?\.?\d)\.?[\s:–-]*(?P<rest>\S.*)$"
)
_LETTERED = re.compile(r"^\W*(?P<code>[A-Z][1-9])\b")
_PAGE_NUMBER = re.compile(r"[\s.·…_|]+\d{1,3}\s*$")
"""What follows a title in a list of contents."""
_NAME_LIKENESS = 0.7
_LONGEST_BARE_HEADING = 60


@dataclass(frozen=True, slots=True)
class Heading:
    """A standard's heading: its line index, the standard, and where the clean line goes on after its name."""

    index: int
    standard: Standard
    rest: int


def standard_headings(report: Report) -> list[Heading]:
    """Headings of standards in order.

    A heading without its code counts only where the part of the report it stands in has no coded one.
    """
    standards = report.vocabulary.framework_standards(report.framework_id)
    by_code = {standard.digits: standard for standard in standards}
    names = {normalise(standard.name): standard for standard in standards}
    found: list[Heading] = []
    bare: list[Heading] = []
    for index in range(len(report.lines)):
        text = report.clean(index).text
        if not text or index in report.sections.contents or report.is_blank(index):
            continue
        lettered = _LETTERED.match(text)
        if lettered and lettered["code"] in by_code:
            found.append(Heading(index, by_code[lettered["code"]], lettered.end()))
        elif may_be_standard_heading(text):
            heading = _coded(report, index, by_code, names)
            if heading:
                found.append(heading)
        elif len(text) <= _LONGEST_BARE_HEADING:
            start, end = cell_bounds(text)[0]
            named = names.get(normalise(text[start:end]))
            if named:
                bare.append(Heading(index, named, end))
    coded = {(report.place(heading.index), heading.standard.standard_id) for heading in found}
    found += [h for h in bare if (report.place(h.index), h.standard.standard_id) not in coded]
    return sorted(found, key=lambda heading: heading.index)


def _coded(report: Report, index: int, by_code: dict[str, Standard], names: dict[str, Standard]) -> Heading | None:
    text = report.clean(index).text
    matched = _CODED.match(text)
    if matched is None:
        return None
    rest_key = normalise(matched["rest"])
    standard = by_code.get(re.sub(r"\s", "", matched["code"]))
    by_name = next(
        (
            named
            for name, named in sorted(names.items(), key=lambda item: -len(item[0]))
            if f"{rest_key} ".startswith(f"{name} ")
        ),
        None,
    )
    if by_name is None:
        first_cell = normalise(matched["rest"].partition("\t")[0])
        if standard is None or similarity(first_cell, normalise(standard.name)) < _NAME_LIKENESS:
            return None
        report.notice(index, f"heading {matched['rest']!r} taken for standard {standard.code} {standard.name}")
        end = text.find("\t", matched.start("rest"))
        return Heading(index, standard, end if end >= 0 else len(text))
    rest = _after_words(text, matched.start("rest"), len(normalise(by_name.name).split()))
    if _PAGE_NUMBER.match(text[rest:]):
        return None
    if standard is not None and by_name.standard_id != standard.standard_id:
        report.notice(index, f"heading {matched['code']} {by_name.name} taken for standard {by_name.code} by its name")
    return Heading(index, by_name, rest)


def _after_words(text: str, start: int, words: int) -> int:
    """Where a text goes on after a number of words."""
    found = re.match(rf"(?:\W*\w+){{{words}}}", text[start:])
    return start + found.end() if found else len(text)


def heading_text(report: Report, heading: Heading) -> str:
    """A standard's heading as printed, without what stands after its name on the line."""
    return " ".join(report.clean(heading.index).text[: heading.rest].split()).strip("#*| ")


def plain_text(cleaned: CleanText) -> str:
    """A heading line as printed, without its markup."""
    return " ".join(cleaned.text.split()).strip("#*| ")


def rows_since(report: Report, start: int, index: int) -> int:
    """Which row of a table the line at index is, the line at start counted where it is one; column heads are not."""
    rows = (report.row(line) for line in range(start, index + 1))
    return sum(row is not None and row.is_separated and not row.is_head for row in rows)
