"""From the pages of a PDF to the lines of a text form: paragraphs, rows of tables, footnotes apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from pdu_inspections.reader.formats.pdf import words
from pdu_inspections.reader.formats.pdf.columns import reading_order
from pdu_inspections.reader.formats.pdf.notes import separate_footnotes
from pdu_inspections.reader.formats.pdf.page import Page, Piece, PrintedLine
from pdu_inspections.reader.formats.pdf.running_lines import remove_running_lines
from pdu_inspections.reader.formats.pdf.tables import PrintedRow, ProseLine, find_tables
from pdu_inspections.reader.formats.records import Fragment

_BULLET = re.compile(r"^(?:[•▪●■□◦‣▣►✓✔*\ufffd–-]|o(?=\s))\s+")
_LISTED = re.compile(r"^(?:[•▪●■□◦‣▣►✓✔*\ufffd–-]|o|\(?(?:\d{1,2}|[a-z])[.)])$")
_MARK = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_SAME_SIZE = 0.06
_LOOSER = 0.18
_INDENT = 0.8
_SHORT = 0.7
_TEXT_WORDS = 6
_OFF_CENTRE = 1.5


@dataclass(slots=True)
class TextLine:
    """A line of the text form in the making, with where its pieces stand."""

    text: str = ""
    fragments: list[Fragment] = field(default_factory=list)

    def add(self, page: int, piece: Piece, lexicon: words.Lexicon) -> None:
        """Puts a piece to the end of the text."""
        text = piece.text
        is_apart = not self.text or self.text.endswith("\t")
        joined = self.text + text if is_apart else lexicon.join(self.text, text)
        at = len(joined) - len(text)
        self.text = joined
        self.fragments.append(Fragment(at, page, round(piece.x0, 1), round(piece.top, 1)))


def text_lines(pages: Sequence[Page]) -> list[TextLine]:
    """The text form of a document; empty lines between its blocks."""
    remove_running_lines(pages)
    lines, notes = separate_footnotes(reading_order(pages), pages)
    lexicon = words.Lexicon([(piece.x0, piece.text) for piece in line.pieces] for line in lines)
    paragraphs = _Paragraphs(lines)
    rules = {page.number: page.rules for page in pages}
    out: list[TextLine] = []
    waiting = _PendingFootnotes(notes, lexicon)
    blocks = list(_blocks(list(find_tables(lines, rules)), paragraphs))
    for number, block in enumerate(blocks):
        if number and not _is_tight(blocks[number - 1], block, paragraphs):
            out += waiting.due(_first_page(block))
            out.append(TextLine())
        line = _text_line(block, lexicon)
        waiting.look_for_marks(line)
        out.append(line)
    return [*out, *waiting.due(None)]


class _PendingFootnotes:
    """Footnotes of a document, each given out after the block that holds its mark, or else after its page."""

    def __init__(self, notes: Sequence[Sequence[PrintedLine]], lexicon: words.Lexicon) -> None:
        self._waiting: list[tuple[int, str, TextLine]] = []
        self._marked: set[tuple[int, str]] = set()
        for note in notes:
            text = _text_line(list(note), lexicon)
            mark = _MARK.match(text.text)
            self._waiting.append((note[0].page, mark.group() if mark else "", text))

    def look_for_marks(self, line: TextLine) -> None:
        """Remembers the marks in a line: their footnotes come next."""
        pages = {fragment.page for fragment in line.fragments}
        for mark in _MARK.findall(line.text):
            self._marked.update((page, mark) for page in pages)

    def due(self, page: int | None) -> Iterator[TextLine]:
        """Footnotes whose mark has come, and those of pages before this one; all of them for None."""
        later: list[tuple[int, str, TextLine]] = []
        for note in self._waiting:
            if page is None or note[0] < page or (note[0], note[1]) in self._marked:
                yield TextLine()
                yield note[2]
            else:
                later.append(note)
        self._waiting = later


_Block = PrintedRow | list[PrintedLine]


def _blocks(found: Sequence[ProseLine | PrintedRow], paragraphs: _Paragraphs) -> Iterator[_Block]:
    """Rows, and lines of prose put together to paragraphs."""
    current: list[PrintedLine] = []
    for item in found:
        if isinstance(item, PrintedRow):
            if current:
                yield current
            current = []
            yield item
        elif current and paragraphs.continues(current, item.line):
            current.append(item.line)
        else:
            if current:
                yield current
            current = [item.line]
    if current:
        yield current


def _is_tight(before: _Block, after: _Block, paragraphs: _Paragraphs) -> bool:
    """Whether no empty line belongs between two blocks: rows of a table, or short lines set close."""
    if isinstance(before, PrintedRow) or isinstance(after, PrintedRow):
        return isinstance(before, PrintedRow) and isinstance(after, PrintedRow)
    return len(before) == len(after) == 1 and paragraphs.are_short_lines(before[0], after[0])


def _first_page(block: _Block) -> int:
    if isinstance(block, PrintedRow):
        return next(line.page for cell in block.cells for line, _ in cell)
    return block[0].page


def _text_line(block: _Block, lexicon: words.Lexicon) -> TextLine:
    line = TextLine()
    if isinstance(block, PrintedRow):
        for number, cell in enumerate(block.cells):
            line.text += "\t" if number else ""
            for printed, piece in cell:
                line.add(printed.page, piece, lexicon)
        line.text += "\t" if block.is_bare else ""
        return line
    for printed in block:
        for piece in printed.pieces:
            line.add(printed.page, piece, lexicon)
    bullet = _BULLET.match(line.text)
    if bullet:
        shift = bullet.end() - 2
        line.text = "- " + line.text[bullet.end() :]
        line.fragments = [Fragment(max(one.at - shift, 0), one.page, one.x, one.y) for one in line.fragments]
    return line


class _Paragraphs:
    """Tells whether a line goes on with the paragraph above it."""

    def __init__(self, lines: Sequence[PrintedLine]) -> None:
        gaps: dict[float, Counter[float]] = {}
        for one, other in pairwise(lines):
            if one.page == other.page and not one.ends_column and abs(one.size - other.size) <= _SAME_SIZE * one.size:
                gap = other.bottom - one.bottom
                if 0.8 * one.size <= gap <= 1.8 * one.size:
                    gaps.setdefault(round(one.size), Counter())[round(gap * 2) / 2] += 1
        fonts: Counter[str] = Counter()
        for line in lines:
            fonts[line.font] += len(line.text)
        self.font = fonts.most_common(1)[0][0] if fonts else ""
        self.leading = {size: found.most_common(1)[0][0] for size, found in gaps.items()}
        ratios = [leading / size for size, leading in self.leading.items() if size]
        self.usual_ratio = median(ratios) if ratios else 1.2

    def _leading(self, size: float) -> float:
        return self.leading.get(round(size), self.usual_ratio * size)

    def continues(self, paragraph: Sequence[PrintedLine], line: PrintedLine) -> bool:
        """Whether a line goes on with a paragraph."""
        before = paragraph[-1]
        if words.is_only_flags(line.text) and not before.ends_column:
            return True
        first_word = line.pieces[0].words[0]
        is_listed = _LISTED.match(first_word.text) is not None and len(line.text) > len(first_word.text)
        if is_listed or abs(before.size - line.size) > _SAME_SIZE * before.size:
            return False
        if before.ends_column:
            return self._goes_on_after_break(before, line)
        gap = line.bottom - before.bottom
        if not 0.5 * self._leading(before.size) <= gap <= self._leading(before.size) + _LOOSER * before.size:
            return False
        if self._is_indented_otherwise(paragraph, line):
            return False
        if self._would_have_fitted(before, line):
            is_running_on = words.begins_lower(line.text) and not words.is_terminal(before.text)
            return is_running_on and len(before.text.split()) >= _TEXT_WORDS and not _are_centred(before, line)
        return not (before.font != line.font and gap > self._leading(before.size) * 1.05 + 0.5)

    def _goes_on_after_break(self, before: PrintedLine, line: PrintedLine) -> bool:
        if words.is_terminal(before.text):
            return False
        if words.begins_lower(line.text):
            return True
        return not self._would_have_fitted(before, line) and before.font == line.font == self.font

    def _would_have_fitted(self, before: PrintedLine, line: PrintedLine) -> bool:
        """Whether the line's first word would still have fitted on the line above: that one was ended on purpose."""
        left, right = before.column
        if before.text.endswith(("-", "\u2010")):
            return False
        word = line.pieces[0].words[0]
        needed = before.pieces[-1].space + word.x1 - word.x0
        if _are_centred(before, line):
            return before.x1 - before.x0 + needed <= right - left - 1.5
        return before.x1 + needed <= right - 1.5

    def _is_indented_otherwise(self, paragraph: Sequence[PrintedLine], line: PrintedLine) -> bool:
        """Whether a line begins elsewhere than the lines of the paragraph do."""
        if _are_centred(paragraph[-1], line):
            return False
        first = paragraph[0]
        label = first.pieces[0].words[0].text
        if _LISTED.match(label) and len(first.pieces[0].words) > 1:
            hangs = abs(line.x0 - first.pieces[0].words[1].x0) <= _INDENT * line.size
            return not hangs and not (label[:1].isdigit() and abs(line.x0 - first.x0) <= _INDENT * line.size)
        if len(paragraph) == 1:
            return line.x0 > first.x0 + _INDENT * line.size
        return abs(line.x0 - paragraph[-1].x0) > _INDENT * line.size

    def are_short_lines(self, before: PrintedLine, after: PrintedLine) -> bool:
        """Whether two lines are set close, each ended on purpose, as the lines of an address are."""
        if before.ends_column or abs(before.size - after.size) > _SAME_SIZE * before.size:
            return False
        left, right = before.column
        shortness = _SHORT * (right - left)
        gap = after.bottom - before.bottom
        return (
            before.x1 - before.x0 <= shortness
            and after.x1 - after.x0 <= shortness
            and 0 < gap <= self._leading(before.size) + _LOOSER * before.size
            and not words.is_terminal(before.text)
            and before.font == after.font
        )


def _are_centred(one: PrintedLine, other: PrintedLine) -> bool:
    """Whether two lines are centred in their column: they begin at different places, and share their middle with it."""
    left, right = other.column
    middle = (other.x0 + other.x1) / 2
    return (
        abs(one.x0 - other.x0) > _OFF_CENTRE
        and abs((one.x0 + one.x1) / 2 - middle) <= _OFF_CENTRE
        and abs((left + right) / 2 - middle) <= 3 * _OFF_CENTRE
    )
