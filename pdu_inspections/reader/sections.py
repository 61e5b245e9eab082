"""Where a report's sections begin and on which pages they lie, from the report's own contents list."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from pdu_inspections.reader.document import Line, LineKind
from pdu_inspections.reader.text import clean_text, normalise

COVER = "Cover"
_ENTRY = re.compile(r"^(?P<title>.*?[^\s.·…_|])[\s.·…_|]*[\s.·…_|](?P<page>[1-9]\d{0,2})\s*\|?\s*$")
_RULE = re.compile(r"^[\s|:=_*\-–—]*$")
_FALLBACK = re.compile(
    r"(?:foreword|ratings|summary of ratings|overall findings|recommendations|background|contextual facts"
    r"|\d (?:organisational (?:delivery|arrangements(?: and activity)?)|(?:court work and )?case supervision"
    r"|service delivery|leadership|staff(?:ing)?|services|public protection|desistance|resettlement|court work"
    r"|court reports and case allocation|(?:statutory )?victim work|nps specific work|information and facilities"
    r"|unpaid work(?: and through the gate)?)"
    r"|annexe? (?:one|two|three|four|five|six|\d|[a-f])\b.*)$"
)
_CODED = re.compile(r"^(?:<[a-z][^<>]*>|[\W_])*(?:standard\s+)?(?:[A-Z]\s?)?[1-9]\s?\.\s?[1-9](?!\s?\.?\d)", re.I)
_LONGEST_TITLE = 120
_LONGEST_CONTENTS = 120
_LIST_MARK = re.compile(r"^(?:[-–•▪*]|\d{1,2}\)) +")
_LIKENESS = 0.88
_LIST_ITEM = ("- ", "• ", "▪ ", "* ")
_SAME_WORDS = {
    "annexe": "annex",
    "appendix": "annex",
    **{word: str(digit) for digit, word in enumerate(["one", "two", "three", "four", "five", "six", "seven"], 1)},
}


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its heading as the contents list it, where it begins, and its pages as far as the contents tell."""

    title: str
    start: int
    page_from: str
    page_to: str


@dataclass(frozen=True, slots=True)
class Sections:
    """Sections of a report in order, the lines of its contents list, and titles listed there but found nowhere."""

    sections: tuple[Section, ...]
    contents: range
    missing: tuple[str, ...] = ()

    def at(self, index: int) -> Section:
        """Section of the line at index (from 0)."""
        return self.sections[bisect_right([section.start for section in self.sections], index) - 1]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a contents list; page is 0 where the list has no page numbers."""

    title: str
    page: int


def is_rule(text: str) -> bool:
    """Whether a line is empty or only drawn."""
    return not text or _RULE.match(text) is not None


def may_be_standard_heading(text: str) -> bool:
    """Whether a line begins with the code of a standard: 2.2 Assessment, P 1.1 Leadership."""
    return _CODED.match(text) is not None


def find_contents(lines: Sequence[Line]) -> tuple[list[Entry], range]:
    """Entries of the contents list and the lines they stand on; wrapped entries are put together."""
    start = next(
        (i for i, line in enumerate(lines) if len(line.text) < 40 and normalise(clean_text(line).text) == "contents"),
        None,
    )
    if start is None:
        return [], range(0)
    entries: list[Entry] = []
    pending: list[str] = []
    end = start + 1
    for index in range(start + 1, len(lines)):
        text = clean_text(lines[index]).text
        if is_rule(text) or normalise(text) in ("page", "contents"):
            continue
        found = _ENTRY.match(text)
        if found is not None and len(text) < _LONGEST_TITLE + 80:
            title = " ".join([*pending, " ".join(found["title"].replace("\t", " ").split())])
            entries.append(Entry(title, int(found["page"])))
            pending, end = [], index + 1
        elif len(pending) < 1 and len(text) < _LONGEST_TITLE:
            pending.append(" ".join(text.split()))
        else:
            break
    return (entries, range(start, end)) if entries else _contents_without_pages(lines, start)


def _contents_without_pages(lines: Sequence[Line], start: int) -> tuple[list[Entry], range]:
    """Entries of a contents list without page numbers: it ends where the first of its titles comes again."""
    seen: dict[str, str] = {}
    for index in range(start + 1, min(start + _LONGEST_CONTENTS, len(lines))):
        text = _LIST_MARK.sub("", " ".join(clean_text(lines[index]).text.split()))
        title = title_key(text)
        if not title or is_rule(lines[index].text):
            continue
        if title in seen:
            return [Entry(one, 0) for one in seen.values()], range(start, index)
        if len(text) > _LONGEST_TITLE or lines[index].cells:
            break
        seen[title] = text
    return [], range(start, start + 1)


def find_sections(lines: Sequence[Line]) -> Sections:
    """Sections by the contents list; where there is none, by headings that reports of this kind share."""
    entries, contents = find_contents(lines)
    headings = _headings(lines, contents)
    if not entries and (marked := _marked_headings(lines)):
        return Sections((Section(COVER, 0, "", ""), *marked), contents)
    if not entries:
        return Sections((Section(COVER, 0, "", ""), *_unlisted(lines, headings)), contents)
    starts = _place([_candidates(lines, entry, headings) for entry in entries])
    pages = [entry.page for entry in entries]
    sections = []
    for number, (entry, start) in enumerate(zip(entries, starts, strict=True)):
        if start is not None:
            page_to = str(max(entry.page, pages[number + 1])) if number + 1 < len(pages) and entry.page else ""
            sections.append(Section(entry.title, start, str(entry.page) if entry.page else "", page_to))
    last_of_cover = min(pages) - 1
    cover = Section(COVER, 0, "1" if last_of_cover > 0 else "", str(last_of_cover) if last_of_cover > 0 else "")
    missing = tuple(entry.title for entry, start in zip(entries, starts, strict=True) if start is None)
    return Sections((cover, *sections), contents, missing)


def _marked_headings(lines: Sequence[Line]) -> list[Section]:
    """Sections of a file that marks its headings: those of the level of its chapters, title left out."""
    headings = [line for line in lines if line.kind is LineKind.HEADING and title_key(clean_text(line).text)]
    levels = [
        level for level in sorted({line.level for line in headings}) if sum(h.level == level for h in headings) > 1
    ]
    return [
        Section(" ".join(clean_text(line).text.split()), line.number - 1, "", "")
        for line in headings
        if levels and line.level <= levels[0] and line.number > 1 and not _is_title(line)
    ]


def _is_title(line: Line) -> bool:
    return re.search(r"\binspection of\b", clean_text(line).text, re.I) is not None


def sheet_sections(sheets: Sequence[tuple[str, int]]) -> Sections:
    """Sections of a workbook: its sheets, each with its number for a page."""
    return Sections(
        tuple(Section(title or COVER, start, str(n), str(n)) for n, (title, start) in enumerate(sheets, 1)), range(0)
    )


def _unlisted(lines: Sequence[Line], headings: dict[str, list[int]]) -> list[Section]:
    """Sections of a report without a contents list, by the headings that reports of this kind share.

    The ratings page and an annexe of results have the headings of chapters too: a chapter begins at the last one
    before the annexes.
    """
    usual = {text: places for text, places in headings.items() if _FALLBACK.match(text)}
    annexes = min((places[0] for text, places in usual.items() if text.startswith("annex")), default=len(lines))
    starts = []
    for text, places in usual.items():
        before = places if text.startswith("annex") else [place for place in places if place < annexes]
        starts += before[-1:] if text[0].isdigit() else before[:1]
    found = {start: " ".join(clean_text(lines[start]).text.split()).strip("#* ") for start in starts}
    if not any("ratings" in text.split() for text in usual):
        found |= dict.fromkeys(_ratings_page(lines, headings)[:1], "Ratings")
    return [Section(title, start, "", "") for start, title in sorted(found.items())]


def title_key(text: str) -> str:
    """Comparison key of a section's title; annexe and annex, one and 1 are the same."""
    words = normalise(text).split()
    if _SAME_WORDS.keys().isdisjoint(words):
        return " ".join(words)
    return " ".join(_SAME_WORDS.get(word, word) for word in words)


def _candidates(lines: Sequence[Line], entry: Entry, headings: dict[str, list[int]]) -> list[int]:
    """Lines that may be the heading of an entry: by its title, without its number, or by a title much like it."""
    title = title_key(entry.title)
    unnumbered = re.sub(r"^\d+(?: \d+)* ", "", title)
    found = headings.get(title) or headings.get(unnumbered)
    if not found and "ratings" in title.split():
        found = _ratings_page(lines, headings)
    if found:
        return found
    similar = get_close_matches(title, headings, n=1, cutoff=_LIKENESS)
    return headings[similar[0]] if similar else []


def _headings(lines: Sequence[Line], contents: range) -> dict[str, list[int]]:
    """Short lines by comparison key, the first cell of a row and two wrapped lines put together included."""
    headings: dict[str, list[int]] = {}
    previous = ""
    for index, line in enumerate(lines):
        raw = line.text
        if not raw or len(raw) > _LONGEST_TITLE or raw.startswith(_LIST_ITEM) or index in contents:
            previous = ""
            continue
        text = title_key(clean_text(line).text.partition("\t")[0])
        if text:
            headings.setdefault(text, []).append(index)
            if previous:
                headings.setdefault(f"{previous} {text}", []).append(index - 1)
        previous = text
    return headings


def _ratings_page(lines: Sequence[Line], headings: dict[str, list[int]]) -> list[int]:
    """Where a ratings page begins whose heading was a picture: at the short lines before the overall rating."""
    places = []
    for index in headings.get("overall rating", []):
        start = index
        while (
            start > 0
            and len(lines[start - 1].text) < _LONGEST_TITLE
            and lines[start - 1].text[:1] not in ("-", "#", "•")
        ):
            start -= 1
        while not lines[start].text.strip():
            start += 1
        places.append(start)
    return places


def _place(candidates: Sequence[Sequence[int]]) -> list[int | None]:
    """Line of each entry's heading: as many as can be placed in order, each as early as can be."""
    best: list[tuple[int, tuple[int | None, ...], int]] = [(0, (), -1)]
    for places in candidates:
        grown = [(count, (*path, None), last) for count, path, last in best]
        for place in places:
            before = max((state for state in best if state[2] < place), key=lambda state: state[0])
            grown.append((before[0] + 1, (*before[1], place), place))
        best = _undominated(grown)
    return list(max(best, key=lambda state: state[0])[1])


def _undominated(
    states: list[tuple[int, tuple[int | None, ...], int]],
) -> list[tuple[int, tuple[int | None, ...], int]]:
    """States no other state beats: none with more headings placed ends as early."""
    best_states: list[tuple[int, tuple[int | None, ...], int]] = []
    for state in sorted(states, key=lambda state: (state[2], -state[0])):
        if not best_states or state[0] > best_states[-1][0]:
            best_states.append(state)
    return best_states
