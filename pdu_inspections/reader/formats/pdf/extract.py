"""The pages of a PDF, by way of pdfplumber; the only module that knows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BufferedReader
from typing import Any, NamedTuple

from pdu_inspections.reader.formats.pdf.glyphs import plain_text, printed_lines
from pdu_inspections.reader.formats.pdf.page import Glyph, Page, Rule
from pdu_inspections.reader.formats.pdf.visibility import (
    HiddenText,
    enter_page,
    hidden_layers,
    install,
    seen_characters,
)

_THINNEST_BOX = 1.5
_SHORTEST_RULE = 12.0
_SAME_EDGE = 0.6
_LARGEST_SIZE = 200.0
_MOSTLY = 0.6
_LARGEST_CONTENT = 16 << 20
"""Bytes of drawing instructions of one page, once unpacked; a page full of text has some 100,000."""


class _Box(NamedTuple):
    x0: float
    top: float
    x1: float
    bottom: float


def open_pages(file: BufferedReader, most_pages: int, hidden: HiddenText) -> Iterator[Page]:
    """Pages of a PDF one by one; each is forgotten before the next is read. What nobody sees goes to hidden.

    Raises Refused where the file is encrypted, has no pages or too many.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    from pdu_inspections.reader.sandbox.job import Refused

    install()
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
        layers = hidden_layers(document.doc.catalog)
        for page in document.pages:
            _check_size(page)
            enter_page(page.page_obj.resources, layers)
            yield _page(page, hidden)
            page.close()


def _check_size(page: Any) -> None:
    """Raises Refused where a page unpacks to more than any page needs, before each byte of it is looked at."""
    from pdfminer.pdftypes import PDFStream, resolve1

    from pdu_inspections.reader.sandbox.job import Refused

    streams = (resolve1(content) for content in page.page_obj.contents)
    size = sum(len(stream.get_data()) for stream in streams if isinstance(stream, PDFStream))
    if size > _LARGEST_CONTENT:
        raise Refused(
            f"holds more on page {page.page_number} than a page may",
            found=f"{size:,} bytes",
            expected=f"at most {_LARGEST_CONTENT:,} bytes",
        )


def _page(page: Any, hidden: HiddenText) -> Page:
    chars = seen_characters(page.chars, page.rects, page.lines, [*page.images, *page.curves], page.page_number, hidden)
    view = _view(page, chars)
    found = Page(page.page_number, view.width, view.height)
    found.lines = printed_lines(_glyphs(chars, view, page.page_number, hidden), found.number)
    boxes = (*page.lines, *page.rects)
    turned = [{**drawn, **view.place(drawn)} for drawn in boxes] if view.changes else boxes
    for box in (*map(_box, turned[: len(page.lines)]), *_merged(turned[len(page.lines) :])):
        _add_rules(found, box)
    found.rules.sort(key=lambda rule: rule.y)
    found.has_picture = any(_covers(view.place(image), found) for image in page.images)
    return found


class _View(NamedTuple):
    """What is shown of a page's sheet, and the quarter turn that makes its text upright: 1 clockwise, -1 back."""

    x0: float
    top: float
    x1: float
    bottom: float
    turn: int

    @property
    def width(self) -> float:
        """Width in points, once turned."""
        return self.bottom - self.top if self.turn else self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points, once turned."""
        return self.x1 - self.x0 if self.turn else self.bottom - self.top

    @property
    def changes(self) -> bool:
        """Whether places on the page differ from those on its sheet."""
        return bool(self.x0 or self.top or self.turn)

    def place(self, drawn: Mapping[str, Any]) -> dict[str, float]:
        """Place of something drawn, from the left and the top of what is shown."""
        x0, x1 = drawn["x0"] - self.x0, drawn["x1"] - self.x0
        top, bottom = drawn["top"] - self.top, drawn["bottom"] - self.top
        if self.turn > 0:
            x0, x1, top, bottom = self.width - bottom, self.width - top, x0, x1
        elif self.turn < 0:
            x0, x1, top, bottom = top, bottom, self.height - x1, self.height - x0
        return {"x0": x0, "x1": x1, "top": top, "bottom": bottom}


def _view(page: Any, chars: Sequence[Mapping[str, Any]]) -> _View:
    x0, top, x1, bottom = map(float, page.cropbox)
    sideways = [char for char in chars if not char["upright"]]
    turn = 0
    if len(sideways) > _MOSTLY * len(chars):
        upwards = sum(1 if char["matrix"][1] > 0 else -1 for char in sideways)
        turn = 1 if upwards > 0 else -1
    return _View(x0, top, x1, bottom, turn)


def _glyphs(chars: Sequence[Mapping[str, Any]], view: _View, page: int, hidden: HiddenText) -> Iterator[Glyph]:
    """Characters that stand upright inside what is shown of the page."""
    for char in chars:
        if bool(char["upright"]) == bool(view.turn):
            hidden.add("set sideways", page, char["text"])
            continue
        place = view.place(char) if view.changes else char
        x0, x1, top, bottom = place["x0"], place["x1"], place["top"], place["bottom"]
        size = bottom - top
        if not 0 < size <= _LARGEST_SIZE:
            continue
        if x1 < 0 or x0 > view.width or bottom < 0 or top > view.height:
            hidden.add("outside the page", page, char["text"])
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
