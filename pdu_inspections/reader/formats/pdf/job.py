"""What the child process does with a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader

from pdu_inspections.reader.formats.pdf.extract import open_pages
from pdu_inspections.reader.formats.pdf.glyphs import UNREADABLE
from pdu_inspections.reader.formats.pdf.page import Page
from pdu_inspections.reader.formats.pdf.paragraphs import text_lines
from pdu_inspections.reader.formats.pdf.visibility import HiddenText
from pdu_inspections.reader.formats.records import line_record
from pdu_inspections.reader.sandbox.job import Record, Refused

_LEAST_CHARACTERS = 200
_MOST_UNREADABLE = 0.2


def lines(file: BufferedReader, most_pages: int) -> Iterator[Record]:
    """Lines of the text form of a PDF. Raises Refused where it holds no text, or none that can be decoded."""
    hidden = HiddenText()
    pages = list(open_pages(file, most_pages, hidden))
    texts = [line.text for page in pages for line in page.lines]
    characters = sum(map(len, texts))
    if characters < _LEAST_CHARACTERS:
        raise Refused(*_no_text(pages, characters))
    unreadable = sum(text.count(UNREADABLE) for text in texts)
    if unreadable > _MOST_UNREADABLE * characters:
        raise Refused(
            "holds text in fonts that do not say which letters they draw",
            found=f"{unreadable:,} of {characters:,} characters unknown",
            action="use the text form, or a PDF with another export of the fonts",
        )
    pictures = [page.number for page in pages if page.has_picture and sum(len(line.text) for line in page.lines) < 20]
    for line in text_lines(pages):
        yield line_record(line.text, line.fragments)
    for number in pictures:
        yield {"notice": f"page {number} is a picture without text: nothing on it was read"}
    for notice in hidden.notices():
        yield {"notice": notice}


def _no_text(pages: list[Page], characters: int) -> tuple[str, str, str, str]:
    if any(page.has_picture for page in pages):
        return (
            "is a scan: its pages are pictures without text",
            f"{characters:,} characters of text on {len(pages):,} pages",
            "a PDF with text",
            "use the text form, or run it through text recognition and check every figure",
        )
    return (
        "holds no text",
        f"{characters:,} characters of text on {len(pages):,} pages",
        "a report",
        "check that it is the report",
    )
