"""The inspected body as the cover names it: its kind, its name, and where it is printed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.reader.dates import MONTH
from pdu_inspections.reader.passages import Passage, join_lines
from pdu_inspections.reader.report import Report
from pdu_inspections.reader.standard_headings import plain_text
from pdu_inspections.reader.text import PrintedPlace, normalise, plain_punctuation
from pdu_inspections.reader.vocabulary import best_match

COVER_LINES = 150
PUBLISHED = re.compile(rf"(?P<date>{MONTH}\s+(?:19|20)\d{{2}})", re.I)
_ESI = re.compile(r"effective(?:\s+supervision\s+inspection)?", re.I)
_ESI_TITLE = re.compile(r"effective\s+supervision\s+inspection", re.I)
_FOLLOW_UP = re.compile(r"follow[-\s]?up\s+(?:report|inspection)", re.I)
_FOLLOW_UP_ON = re.compile(r"follow[- ]?up (?:report|inspection)(?: (?:on|of))? ?:? ?(?P<body>.*)$", re.I)
_TITLE_START = re.compile(r"\ban\s+inspection\s+of\b|\b(?:dynamic|national)\s+inspection\b", re.I)
_KIND_WORDS = {
    "pdu": r"PDU|probation delivery unit",
    "crc": r"CRC|community rehabilitation company",
}
_BODY = re.compile(
    r"(?:\binspection of (?:probation services in ?:? ?)?|: ?|^)#* ?(?P<body>(?:(?!inspection of|services in)[^:#])+?"
    r"(?:\bPDU|probation\s+delivery\s+unit|\bCRC|community\s+rehabilitation\s+company)\b)",
    re.I,
)
_BODY_ALONE = re.compile(
    r"^[#*\s]*\w.*\b(?:PDU|probation delivery unit|CRC|community rehabilitation company|region|division)[*\s]*$", re.I
)
_NAME = r"(?:[A-Z][\w'’.&-]*(?:,? (?:and|of|the|on|upon|in|&|[A-Z][\w'’.&-]*))*)"
_BEFORE = r"(?:\b(?:of|in|NPS|[Ss]ervices?)\b[ :,–-]*|[–:-] ?|^)(?:the )?"
_OTHER_BODIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "dynamic",
        re.compile(
            r"(?i:dynamic inspection of public protection(?:(?: in| of)|[ :–-])*) ?(?:the )?"
            rf"(?P<body>{_NAME}(?: region)?)"
        ),
    ),
    ("nation", re.compile(r"(?P<body>(?i:\bnational inspection\b(?: of the probation service)?))")),
    ("nps_division", re.compile(rf"{_BEFORE}(?P<body>{_NAME} [Dd]ivision)\b")),
    ("region", re.compile(rf"{_BEFORE}(?P<body>{_NAME} (?:[Pp]robation )?[Rr]egion)\b")),
    ("region", re.compile(r"(?P<body>\bWales\b)(?=\W|$)")),
)
_OF_PROBATION = re.compile(
    r"\bprobation\b|\bPDU\b|\bCRC\b|\bNPS\b|community rehabilitation|\bregion\b|\bdivision\b", re.I
)
_AFTER_TITLE = re.compile(r"\W*(?:this publication|published\b|hm inspectorate of|contents\b|foreword\b)", re.I)
_MOST_TITLE_LINES = 12
_LONGEST_TITLE_LINE = 160
_ENDINGS = (
    r"(?:PDU|Probation Delivery Unit|CRC|Community Rehabilitation Company|Probation Area|(?:NPS )?Division"
    r"|(?:Probation )?Region)"
)
_SUFFIXES = {"pdu": "pdu", "crc": "crc", "probation_area": "probation_area", "nps_division": "nps_division"}
_USUAL_NAMES = {
    "pdu": ("Probation Delivery Unit", "PDU"),
    "crc": ("Community Rehabilitation Company", "CRC"),
    "probation_area": ("Probation Area",),
    "nps_division": ("NPS division", "division"),
    "region": ("region", "probation region"),
}


@dataclass(frozen=True, slots=True)
class Cover:
    """Title of a report, and the body it names: its kind (pdu, crc, nps_division, region, nation, probation_area).

    is_dynamic: whether it is a dynamic inspection of public protection. is_follow_up: of the 2003-06 framework.
    """

    title: str
    title_place: PrintedPlace
    body: str
    body_place: PrintedPlace
    kind: str
    is_dynamic: bool = False
    is_follow_up: bool = False

    @property
    def place_name(self) -> str:
        """The body's name without its kind."""
        return re.sub(rf"\s*\b{_ENDINGS}$", "", self.body, flags=re.I).strip()

    @property
    def names(self) -> tuple[str, ...]:
        """The body's usual names, its place alone last."""
        if self.kind == "nation":
            return ("The Probation Service", "Probation Service")
        return (*(f"{self.place_name} {kind}" for kind in _USUAL_NAMES.get(self.kind, ())), self.place_name)


def find_cover(report: Report) -> Cover:
    """Title and body of a report. Raises InputError where the cover names no inspected body."""
    lines = range(min(COVER_LINES, len(report.lines)))
    whole = plain_punctuation("\n".join(report.lines[index].text for index in lines))
    title = whole[: whole.lower().find("contents")] if "contents" in whole.lower() else whole
    if _ESI_TITLE.search(title) and _FOLLOW_UP.search(title):
        return _esi_cover(report)
    indexes = _title_lines(report, _TITLE_START) or _title_lines(report, _BODY_ALONE)
    passage = join_lines(tuple(report.clean(index) for index in indexes))
    found = _body(passage) if indexes else None
    if found is None:
        if indexes and not _OF_PROBATION.search(passage.text):
            raise _no_report(report, passage)
        raise _no_body(report, indexes[0] if indexes else 0)
    kind, span = found
    start = _TITLE_START.search(passage.text)
    if start is None:
        report.notice(indexes[0], "the cover lacks 'An inspection of'")
    parts = [plain_text(report.clean(index)).rstrip(": ") for index in indexes]
    return Cover(
        f"{parts[0]} {', '.join(part for part in parts[1:] if part)}".strip(),
        passage.place(start.start() if start else span[0], max(len(passage.pieces[0].text.rstrip(": ")), 1)),
        passage.printed[slice(*span)],
        passage.place(*span),
        "region" if kind == "dynamic" else kind,
        kind == "dynamic",
    )


def _body(passage: Passage) -> tuple[str, tuple[int, int]] | None:
    """Kind of the body a title names, and where."""
    named = _BODY.search(passage.text)
    is_dynamic = "dynamic inspection" in passage.folded
    if named is not None and not is_dynamic:
        ending = normalise(named["body"])
        kind = next(kind for kind, words in _KIND_WORDS.items() if re.search(rf"\b(?:{words})$", ending, re.I))
        return kind, named.span("body")
    if named is None or is_dynamic:
        for kind, pattern in _OTHER_BODIES:
            other = pattern.search(passage.text)
            if other is not None:
                return kind, other.span("body")
    return None


def _title_lines(report: Report, start: re.Pattern[str]) -> list[int]:
    """Lines of the cover from the one the title begins on to the month of publication; none where none begins it."""
    end = report.sections.contents.start or COVER_LINES
    lines = [index for index in range(min(end, len(report.lines))) if not report.is_blank(index)]
    first = next((number for number, index in enumerate(lines) if start.search(report.clean(index).text)), None)
    if first is None:
        return []
    title: list[int] = []
    for index in lines[first : first + _MOST_TITLE_LINES]:
        text = report.clean(index).text
        if title and (
            PUBLISHED.search(text)
            or _AFTER_TITLE.match(text)
            or len(text) > _LONGEST_TITLE_LINE
            or text.startswith("©")
        ):
            break
        title.append(index)
    return title


def _esi_cover(report: Report) -> Cover:
    title = _title_lines(report, _ESI)
    if not title:
        raise _no_body(report, 0)
    texts = [" ".join(report.clean(index).text.replace("*", " ").split()) for index in title]
    for number, text in enumerate(texts):
        named = _FOLLOW_UP_ON.match(plain_punctuation(text))
        if named is None:
            continue
        last = number if named["body"] else number + 1
        if last == len(title):
            break
        cleaned = report.clean(title[last])
        body = text[named.start("body") :] if named["body"] else texts[last]
        at = cleaned.text.rfind(body)
        start = _ESI.search(report.clean(title[0]).text)
        if at < 0 or start is None or not any(map(str.isalnum, body)):
            break
        place = cleaned.place(at, at + len(body))
        name = " ".join(texts[: last + 1]).replace(":", "")
        title_place = report.clean(title[0]).place(*start.span())
        return Cover(name, title_place, place.as_printed, place, "probation_area", is_follow_up=True)
    raise _no_body(report, title[0])


def _no_report(report: Report, title: Passage) -> InputError:
    return InputError(
        Problem(
            report.source.name,
            "is not an inspection report of a layout the reader knows",
            line=title.index + 1,
            found=f"an inspection that its title does not say is of probation: {title.printed.strip()[:100]!r}",
            expected="a report on a PDU, region, CRC, NPS division, the nation, or an Effective Supervision follow-up",
            action="give the report as published, its title included",
        )
    )


def _no_body(report: Report, index: int) -> InputError:
    return InputError(
        Problem(
            report.source.name,
            "has a cover that names no inspected body",
            line=report.lines[index].number if report.lines else None,
            found=report.lines[index].text.strip()[:100] or None if report.lines else None,
            expected="An inspection of … PDU (or CRC, region, NPS division), a national or dynamic inspection, or "
            "Follow-up report on: …",
            action="check that the cover, or the page's title, is in the file as printed",
        )
    )


def organisation_of(report: Report, cover: Cover) -> str:
    """Id of the inspected body; one that the vocabulary does not have is proposed."""
    known = report.vocabulary.organisations
    for name in (cover.body, *cover.names[:-1]):
        if normalise(name) in known:
            return known[normalise(name)]
    if cover.kind == "nation":
        proposed = "england_and_wales_nation"
    else:
        place = "_".join(normalise(cover.place_name).split())
        proposed = f"{place}_{_SUFFIXES.get(cover.kind, cover.kind)}"
    match = best_match(cover.body, report.vocabulary.spellings)
    report.propose("organisations", proposed, cover.body, cover.body_place.index, match)
    return proposed
