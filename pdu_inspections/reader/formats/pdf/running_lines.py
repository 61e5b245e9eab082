"""Running heads, running feet and page numbers: what stands in the same place of the margin on page after page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pdu_inspections.reader.formats.pdf import words
from pdu_inspections.reader.formats.pdf.page import Page, PrintedLine

_MARGIN = 0.13
_LINES_IN_MARGIN = 3
_LEAST_PAGES = 3
_SAME_PLACE = 3.0
_SHARE_OF_PLACE = 0.6
_LONGEST = 110
_LINES_BELOW_HEAD = 8
_NUMBER_AT_EDGE = re.compile(r"^\d{1,3}\b|\b\d{1,3}$|(?<=[Pp]age )\d{1,3}")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page|p\.)?\s*(?P<number>\d{1,3}|[ivxlc]{1,7})\s*(?:(?:of|/)\s*\d{1,3})?\W*$", re.IGNORECASE
)
_FIGURE = re.compile(r"%|\bper cent\b")


def remove_running_lines(pages: Sequence[Page]) -> None:
    """Takes running heads, running feet and page numbers off the pages."""
    numbers = _page_numbers(pages)
    repeated = _repeated(pages)
    for page in pages:
        page.lines = [
            line
            for line in page.lines
            if (page.number, id(line)) not in numbers and (page.number, id(line)) not in repeated
        ]


def _margin_lines(page: Page) -> list[tuple[str, PrintedLine]]:
    """Lines at the upper and lower edge of a page, with which edge."""
    upper = [line for line in page.lines[:_LINES_IN_MARGIN] if line.bottom <= page.height * _MARGIN]
    lower = [line for line in page.lines[-_LINES_IN_MARGIN:] if line.top >= page.height * (1 - _MARGIN)]
    return [("upper", line) for line in upper] + [("lower", line) for line in lower]


def _page_numbers(pages: Sequence[Page]) -> set[tuple[int, int]]:
    """Lines that are a page's number: the outermost line, a number that grows by one with the page.

    A line that holds a running head too, on the same baseline, is one as well.
    """
    found: dict[tuple[str, int, bool], list[tuple[int, int]]] = {}
    for page in pages:
        for edge, line in _margin_lines(page):
            is_alone = len(line.pieces) == 1
            for piece in (line.pieces[0], line.pieces[-1]) if len(line.pieces) > 1 else line.pieces:
                number = _PAGE_NUMBER.match(piece.text)
                if number and number["number"].isdigit() and not _FIGURE.search(line.text):
                    offset = int(number["number"]) - page.number
                    found.setdefault((edge, offset, is_alone), []).append((page.number, id(line)))
    taken: set[tuple[int, int]] = set()
    for (_, _, is_alone), places in found.items():
        # Beside other words a number may be a figure of a table.
        if len({page for page, _ in places}) >= (
            min(_LEAST_PAGES, max(len(pages) - 1, 1)) if is_alone else _LEAST_PAGES
        ):
            taken.update(places)
    return taken


def _repeated(pages: Sequence[Page]) -> set[tuple[int, int]]:
    """Lines of the margins whose text, page number apart, recurs at one height that other text does not use."""
    lines: list[_Marginal] = []
    for page in pages:
        for edge, line in _margin_lines(page):
            if len(line.text) <= _LONGEST and not _FIGURE.search(line.text):
                height = line.top if edge == "upper" else line.bottom
                is_head = edge == "upper" and _is_head_of_table(page, line)
                lines.append(_Marginal(edge, height, _NUMBER_AT_EDGE.sub("#", line.text), line, is_head))
    recurring: dict[tuple[str, str, int], list[_Marginal]] = {}
    for one in lines:
        recurring.setdefault((one.edge, one.text, round(one.height / _SAME_PLACE)), []).append(one)
    found = [members for members in recurring.values() if len({one.line.page for one in members}) >= _LEAST_PAGES]
    running = {id(one.line) for members in found for one in members}
    taken: set[tuple[int, int]] = set()
    for members in found:
        if 2 * sum(one.is_head for one in members) > len(members):
            continue
        edge, height = members[0].edge, members[0].height
        beside = [one for one in lines if one.edge == edge and abs(one.height - height) <= 2 * _SAME_PLACE]
        ours = sum(id(one.line) in running for one in beside)
        if ours < _SHARE_OF_PLACE * len(beside):
            continue
        fonts = {(one.line.font, round(one.line.size, 1)) for one in members}
        taken.update(
            (one.line.page, id(one.line))
            for one in beside
            if not one.is_head and (id(one.line) in running or (one.line.font, round(one.line.size, 1)) in fonts)
        )
    return taken


def _is_head_of_table(page: Page, line: PrintedLine) -> bool:
    """Whether a value stands soon below a line, in a column that the line's last piece heads."""
    at = next(number for number, one in enumerate(page.lines) if one is line)
    last = line.pieces[-1]
    values = (one.pieces[-1] for one in page.lines[at + 1 : at + 1 + _LINES_BELOW_HEAD])
    return any(words.is_value(one.text) and one.x0 < last.x1 and one.x1 > last.x0 for one in values)


@dataclass(frozen=True, slots=True)
class _Marginal:
    """A line in the upper or lower margin, its height, its text without a page number, and whether it heads a table."""

    edge: str
    height: float
    text: str
    line: PrintedLine
    is_head: bool
