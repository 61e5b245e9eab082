"""What the cover says: title, body, month of publication, ISBN; and which inspections the report is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.reader import layouts
from pdu_inspections.reader.columns import Body
from pdu_inspections.reader.dates import MONTH, parse_date
from pdu_inspections.reader.passages import Passage, join_lines
from pdu_inspections.reader.report import Report
from pdu_inspections.reader.standard_headings import plain_text
from pdu_inspections.reader.text import PrintedPlace, normalise, plain_punctuation
from pdu_inspections.reader.vocabulary import best_match

_COVER_LINES = 150
_TITLE_START = re.compile(r"an\s+inspection\s+of\b", re.I)
_ESI_START = re.compile(r"effective(?:\s+supervision\s+inspection)?", re.I)
_PUBLISHED = re.compile(rf"(?P<date>{MONTH}\s+(?:19|20)\d{{2}})", re.I)
_PUBLISHED_LINE = re.compile(rf"\W*(?:\D{{0,80}}\W)?{_PUBLISHED.pattern}\W*$", re.I)
_BODY = re.compile(
    r"(?:\binspection of (?:probation services in ?:? ?)?|: ?|^)#* ?(?P<body>(?:(?!inspection of|services in)[^:#])+?"
    r"(?:\bPDU|probation delivery unit|\bCRC|community rehabilitation company)\b)",
    re.I,
)
_BODY_ALONE = re.compile(
    r"^[#*\s]*\w.*\b(?:PDU|probation delivery unit|CRC|community rehabilitation company)[*\s]*$", re.I
)
_FOLLOW_UP_ON = re.compile(r"follow[- ]?up (?:report|inspection)(?: (?:on|of))? ?:? ?(?P<body>.*)$", re.I)
_MOST_TITLE_LINES = 12
_LONGEST_TITLE_LINE = 160
_ISBN = re.compile(r"\bISBN(?:-1[03])?\b\W{0,4}(?P<isbn>[0-9][0-9Xx\u2010-\u2015 -]*[0-9Xx])", re.I)
_SHORT_TYPES = (("_probation_area", "_area"),)
_KINDS = {layouts.CRC: "crc", layouts.ESI_FOLLOW_UP: "probation_area"}
_TYPES = {"pdu": "pdu", "crc": "crc", "area": "probation_area"}
_ORIGINAL = re.compile(
    rf"(?P<body>[A-Z][\w'&, -]*?)\s+ESI\s+report,?\s+(?:which\s+was\s+)?published\s+in\s+(?P<date>{MONTH}\s+\d{{4}})",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Cover:
    """Title lines of a cover and the line that names the inspected body."""

    title: str
    title_place: PrintedPlace
    body: str
    body_place: PrintedPlace


def read_cover(report: Report, year: str) -> Cover:
    """Finds title and body, and names the inspection; year is that of the fieldwork."""
    cover = _esi_cover(report) if report.layout == layouts.ESI_FOLLOW_UP else _cover(report)
    organisation_id = _organisation(report, cover)
    report.inspection_id = f"{_short(organisation_id)}_{year}"
    report.body = Body(_KINDS.get(report.layout, "pdu"), _names(cover.body), int(year))
    report.add(
        "inspections",
        cover.body_place,
        organisation_id=organisation_id,
        framework_id=report.framework_id,
        inspection_type="follow_up" if report.layout == layouts.ESI_FOLLOW_UP else "full",
        inspection_year=year,
        reported_in="own_report",
    )
    return cover


def _cover(report: Report) -> Cover:
    title = _title_lines(report, _TITLE_START) or _title_lines(report, _BODY_ALONE)
    passage = join_lines(tuple(report.clean(index) for index in title))
    body = _BODY.search(passage.text) if title else None
    if body is None:
        raise _no_body(report, title[0] if title else 0)
    start = _TITLE_START.search(passage.text)
    if start is None:
        report.notice(title[0], "the cover lacks 'An inspection of'")
    parts = [plain_text(report.clean(index)).rstrip(": ") for index in title]
    return Cover(
        f"{parts[0]} {', '.join(part for part in parts[1:] if part)}".strip(),
        passage.place(start.start() if start else body.start("body"), len(passage.pieces[0].text.rstrip(": "))),
        passage.printed[slice(*body.span("body"))],
        passage.place(*body.span("body")),
    )


def _title_lines(report: Report, start: re.Pattern[str]) -> list[int]:
    """Lines of the cover from the one the title begins on to the month of publication; none where none begins it."""
    end = report.sections.contents.start or _COVER_LINES
    lines = [index for index in range(min(end, len(report.lines))) if not report.is_blank(index)]
    first = next((number for number, index in enumerate(lines) if start.search(report.clean(index).text)), None)
    if first is None:
        return []
    title: list[int] = []
    for index in lines[first : first + _MOST_TITLE_LINES]:
        text = report.clean(index).text
        if title and (_PUBLISHED.search(text) or len(text) > _LONGEST_TITLE_LINE or text.startswith("©")):
            break
        title.append(index)
    return title


def _esi_cover(report: Report) -> Cover:
    title = _title_lines(report, _ESI_START)
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
        start = _ESI_START.search(report.clean(title[0]).text)
        if at < 0 or start is None or not any(map(str.isalnum, body)):
            break
        named_place = cleaned.place(at, at + len(body))
        return Cover(
            " ".join(texts[: last + 1]).replace(":", ""),
            report.clean(title[0]).place(*start.span()),
            named_place.as_printed,
            named_place,
        )
    raise _no_body(report, title[0])


def _no_body(report: Report, index: int) -> InputError:
    return InputError(
        Problem(
            report.source.name,
            "has a cover that names no inspected body",
            line=report.lines[index].number,
            expected="An inspection of … PDU (or CRC, Community Rehabilitation Company), or Follow-up report on: …",
            action="check that the cover is in the file as printed",
        )
    )


def _organisation(report: Report, cover: Cover) -> str:
    known = report.vocabulary.organisations.get(normalise(cover.body))
    if known:
        return known
    kind = {layouts.CRC: "crc", layouts.ESI_FOLLOW_UP: "area"}.get(report.layout, "pdu")
    place = re.sub(
        r"\b(?:pdu|probation delivery unit|crc|community rehabilitation company|probation area)$",
        "",
        normalise(cover.body),
    )
    proposed = f"{'_'.join(place.split())}_{_TYPES[kind]}"
    match = best_match(cover.body, report.vocabulary.spellings)
    report.propose("organisations", proposed, cover.body, cover.body_place.index, match)
    return proposed


def _short(organisation_id: str) -> str:
    for long, short in _SHORT_TYPES:
        if organisation_id.endswith(long):
            return organisation_id.removesuffix(long) + short
    return organisation_id


def _names(body: str) -> tuple[str, ...]:
    """A body's name and its other usual spellings, longest first."""
    place = re.sub(
        r"\s*\b(?:PDU|Probation Delivery Unit|CRC|Community Rehabilitation Company|Probation Area)$",
        "",
        body,
        flags=re.I,
    )
    kinds = {
        "pdu": ("Probation Delivery Unit", "PDU"),
        "unit": ("Probation Delivery Unit", "PDU"),
        "crc": ("Community Rehabilitation Company", "CRC"),
        "company": ("Community Rehabilitation Company", "CRC"),
        "area": ("Probation Area",),
    }
    last = body.rsplit(maxsplit=1)[-1].casefold()
    return (*(f"{place} {kind}" for kind in kinds.get(last, ())), place)


def read_document(report: Report, cover: Cover, supersedes: str = "") -> None:
    """The document's own row."""
    published = _published(report)
    if published is None:
        report.notice(None, "no month of publication found on the cover")
    isbn = next(
        ((line, m) for line in report.lines if "isbn" in line.text.lower() and (m := _ISBN.search(line.text))), None
    )
    report.add(
        "documents",
        cover.title_place,
        title=cover.title,
        publication_month=published[0] if published else "",
        isbn=re.sub("[\u2010-\u2015]", "-", isbn[1]["isbn"]).replace(" ", "").upper() if isbn else "",
        isbn_line_number=str(isbn[0].number) if isbn else "",
        isbn_column_number=str(isbn[1].start("isbn") + 1) if isbn else "",
        isbn_as_printed=isbn[1]["isbn"] if isbn else "",
        layout=report.layout,
        source_format=report.source.source_format,
        sha256=report.source.sha256,
        supersedes_document_id=supersedes,
    )
    if published:
        place = published[1]
        report.add("inspection_facts", place, fact="publication_month", value=published[0], value_precision="month")


def _published(report: Report) -> tuple[str, PrintedPlace] | None:
    contents = report.sections.contents.start or _COVER_LINES
    for index in range(min(contents, len(report.lines))):
        cleaned = report.clean(index)
        found = _PUBLISHED_LINE.match(cleaned.text)
        if found and "fieldwork" not in cleaned.text.casefold():
            date = parse_date(found["date"])
            return (str(date), cleaned.place(*found.span("date"))) if date else None
    return None


def read_original_inspection(report: Report) -> str | None:
    """The earlier inspection a follow-up report reprints the scores of: its id, or None where none is named."""
    own = report.reading.rows["inspections"][0]
    for passage in report.passages(range(len(report.lines))):
        found = _ORIGINAL.search(passage.text)
        date = parse_date(found["date"]) if found else None
        if found is None or date is None:
            continue
        identifier = f"{_short(own['organisation_id'])}_{date.year}"
        start = _body_start(passage, found.start("body"), found.end("body"))
        body = passage.place(start, found.end("body"))
        report.add(
            "inspections",
            body,
            inspection_id=identifier,
            organisation_id=own["organisation_id"],
            framework_id=report.framework_id,
            inspection_type="full",
            inspection_year=str(date.year),
            reported_in="later_report",
        )
        place = passage.place(found.start("date"), found.end("date"))
        report.add(
            "inspection_facts",
            place,
            inspection_id=identifier,
            fact="publication_month",
            value=str(date),
            value_precision="month",
        )
        return identifier
    report.notice(None, "no original inspection found whose scores the follow-up reprints")
    return None


def _body_start(passage: Passage, start: int, end: int) -> int:
    """Where a name begins, an article before it left out."""
    article = re.match(r"the\s+", passage.text[start:end], re.I)
    return start + (article.end() if article else 0)
