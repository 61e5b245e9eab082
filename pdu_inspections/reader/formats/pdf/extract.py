"""The pages of a PDF, by way of pdfplumber; the only module that knows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BufferedReader
from typing import Any, NamedTuple

from pdu_inspections.reader.formats.pdf.glyphs import plain_text, printed_lines
from pdu_inspections.reader.formats.pdf.page import Glyph, Page, Rule

_THINNEST_BOX = 1.5
_SHORTEST_RULE = 12.0
_SAME_EDGE = 0.6
_LARGEST_SIZE = 200.0


class _Box(NamedTuple):
    x0: float
    top: float
    x1: float
    bottom: float


def open_pages(file: BufferedReader, most_pages: int) -> Iterator[Page]:
    """Pages of a PDF one by one; each is forgotten before the next is read.

    Raises Refused where the file is encrypted, has no pages or too many.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    from pdu_inspections.reader.sandbox.job import Refused

    try:
        document = pdfplumber.open(file)
    except PdfminerException as error:
        if isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect):
            raise Refused("is encrypted and needs a password", action="save it without a password") from None
        raise
    with document:
        if not document.pages:
            raise Refused("has no pages")
        if len(document.pages) > most_pages:
            raise Refused("has too many pages", found=f"{len(document.pages):,}", expected=f"at most {most_pages:,}")
        for page in document.pages:
            yield _page(page)
            page.close()


def _page(page: Any) -> Page:
    found = Page(page.page_number, float(page.width), float(page.height))
    found.lines = printed_lines(_glyphs(page.chars, found.width, found.height), found.number)
    for box in (*map(_box, page.lines), *_merged(page.rects)):
        _add_rules(found, box)
    found.rules.sort(key=lambda rule: rule.y)
    found.has_picture = any(_covers(image, found) for image in page.images)
    return found


def _glyphs(chars: Sequence[Mapping[str, Any]], width: float, height: float) -> Iterator[Glyph]:
    """Upright characters inside the page."""
    for char in chars:
        x0, x1, top, bottom = char["x0"], char["x1"], char["top"], char["bottom"]
        size = bottom - top
        if not char["upright"] or not 0 < size <= _LARGEST_SIZE or x1 < 0 or x0 > width or bottom < 0 or top > height:
            continue
        text = plain_text(char["text"])
        if text:
            yield Glyph(text, x0, x1, top, bottom, size, char["fontname"])


def _box(drawn: Mapping[str, Any]) -> _Box:
    return _Box(drawn["x0"], drawn["top"], drawn["x1"], drawn["bottom"])


def _merged(rects: Sequence[Mapping[str, Any]]) -> Iterator[_Box]:
    """Boxes that are drawn; those filled alike that lie one on the other, as shaded lines do, count as one."""
    last: tuple[object, _Box] | None = None
    for rect in sorted(rects, key=lambda rect: (rect["x0"], rect["x1"], rect["top"])):
        box = _box(rect)
        fill = None if rect["stroke"] or not rect["fill"] else rect["non_stroking_color"]
        if last is not None and fill is not None and last[0] == fill and _lies_on(last[1], box):
            last = (fill, last[1]._replace(bottom=max(box.bottom, last[1].bottom)))
            continue
        if last is not None:
            yield last[1]
        last = (fill, box)
    if last is not None:
        yield last[1]


def _lies_on(above: _Box, below: _Box) -> bool:
    return (
        abs(above.x0 - below.x0) <= 1
        and abs(above.x1 - below.x1) <= 1
        and above.bottom - above.top > _THINNEST_BOX
        and below.top - above.bottom <= _SAME_EDGE
    )


def _add_rules(page: Page, box: _Box) -> None:
    if box.x1 - box.x0 >= _SHORTEST_RULE:
        page.rules.append(Rule(box.top, box.x0, box.x1))
        if box.bottom - box.top > _THINNEST_BOX:
            page.rules.append(Rule(box.bottom, box.x0, box.x1))


def _covers(image: Mapping[str, Any], page: Page) -> bool:
    """Whether a picture fills most of the page, as that of a scanned page does."""
    return bool((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) >= 0.5 * page.width * page.height)
