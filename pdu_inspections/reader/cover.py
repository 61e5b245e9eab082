"""What the cover says: title, month of publication, ISBN; and which inspections the report is about."""

from __future__ import annotations

import re

from pdu_inspections.reader.columns import Body
from pdu_inspections.reader.dates import MONTH, parse_date
from pdu_inspections.reader.inspected_body import COVER_LINES, PUBLISHED, Cover, organisation_of
from pdu_inspections.reader.passages import Passage
from pdu_inspections.reader.report import Report
from pdu_inspections.reader.text import PrintedPlace

_PUBLISHED_LINE = re.compile(rf"\W*(?:\D{{0,80}}\W)?(?:\d{{1,2}}\s+)?{PUBLISHED.pattern}\W*$", re.I)
_ISBN = re.compile(r"\bISBN(?:-1[03])?\b\W{0,4}(?P<isbn>[0-9][0-9Xx\u2010-\u2015 -]*[0-9Xx])", re.I)
_SHORT_TYPES = (("_probation_area", "_area"),)
_ORIGINAL = re.compile(
    rf"(?P<body>[A-Z][\w'&, -]*?)\s+ESI\s+report,?\s+(?:which\s+was\s+)?published\s+in\s+(?P<date>{MONTH}\s+\d{{4}})",
    re.I,
)


def read_inspection(report: Report, cover: Cover, year: int) -> None:
    """The inspection's own row; year is that of the fieldwork."""
    organisation_id = organisation_of(report, cover)
    report.inspection_id = f"{_short(organisation_id)}_{year}"
    report.body = Body(cover.kind, cover.names, year)
    report.add(
        "inspections",
        cover.body_place,
        organisation_id=organisation_id,
        framework_id=report.framework_id,
        inspection_type="follow_up" if cover.is_follow_up else "full",
        inspection_year=str(year),
        reported_in="own_report",
    )


def _short(organisation_id: str) -> str:
    for long, short in _SHORT_TYPES:
        if organisation_id.endswith(long):
            return organisation_id.removesuffix(long) + short
    return organisation_id


def read_document(report: Report, cover: Cover) -> None:
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
        supersedes_document_id="",
    )
    if published:
        place = published[1]
        report.add("inspection_facts", place, fact="publication_month", value=published[0], value_precision="month")


def _published(report: Report) -> tuple[str, PrintedPlace] | None:
    contents = report.sections.contents.start or COVER_LINES
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
