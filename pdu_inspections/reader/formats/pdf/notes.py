"""Footnotes: lines that begin with a raised mark, taken out of the text they interrupt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pdu_inspections.reader.formats.pdf.page import Page, PrintedLine, Word
from pdu_inspections.reader.text import RAISED_DIGITS, SUPERSCRIPTS

_RAISED = re.compile(rf"^[{SUPERSCRIPTS}]{{1,3}}(?![{SUPERSCRIPTS}]).*\w")
_STICKING = re.compile(rf"(?<=\S)[{SUPERSCRIPTS}]{{1,3}}")
_PLAIN = re.compile(r"^\[?(?P<mark>\d{1,3})\]?[.)]?$")
_SMALLER = 0.94
_LINE_GAP = 1.7
_FOOT = 0.5


Note = list[PrintedLine]


def separate_footnotes(lines: Sequence[PrintedLine], pages: Sequence[Page]) -> tuple[list[PrintedLine], list[Note]]:
    """Lines in reading order without the footnotes, and the footnotes, each beginning with its raised mark."""
    usual = _body_size(lines)
    middle = {page.number: page.height * _FOOT for page in pages}
    marks = {(line.page, mark) for line in lines for mark in _STICKING.findall(line.text)}
    text_lines_left: list[PrintedLine] = []
    notes: list[Note] = []
    for area in _areas(lines):
        page = area[0].page
        here = {mark for place, mark in marks if place == page}
        foot = _foot(area, usual, middle[page], here)
        text = _split_inline_notes(area[:foot], notes, usual)
        _collect_foot_notes(area[foot:], notes, here)
        if text:
            text[-1] = replace(text[-1], ends_column=True)
        elif text_lines_left:
            text_lines_left[-1] = replace(text_lines_left[-1], ends_column=True)
        text_lines_left += text
    return text_lines_left, notes


def _areas(lines: Sequence[PrintedLine]) -> Iterator[list[PrintedLine]]:
    """Lines by the column they stand in."""
    area: list[PrintedLine] = []
    for line in lines:
        area.append(line)
        if line.ends_column:
            yield area
            area = []
    if area:
        yield area


def _body_size(lines: Sequence[PrintedLine]) -> float:
    """The size most characters are printed in."""
    sizes: Counter[float] = Counter()
    for line in lines:
        for piece in line.pieces:
            sizes[round(piece.size, 1)] += sum(len(word.text) for word in piece.words)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _split_inline_notes(lines: Sequence[PrintedLine], notes: list[Note], usual: float) -> list[PrintedLine]:
    """Lines without the footnotes between them, which are put to the notes."""
    text_lines_left: list[PrintedLine] = []
    is_open = False
    for line in lines:
        if begins_note(line):
            notes.append([line])
            is_open = True
        elif is_open and _continues(notes[-1][-1], line, usual):
            notes[-1].append(line)
        else:
            is_open = False
            text_lines_left.append(line)
    return text_lines_left


def _collect_foot_notes(lines: Sequence[PrintedLine], notes: list[Note], marks: set[str]) -> None:
    """Puts the lines at the foot of a column to the notes."""
    for line in lines:
        marked = line if begins_note(line) else _with_raised_mark(line, marks)
        if marked is not None:
            notes.append([marked])
        else:
            notes[-1].append(line)


def begins_note(line: PrintedLine) -> bool:
    """Whether a line is the first of a footnote."""
    return len(line.pieces) == 1 and _RAISED.match(line.text) is not None


def _foot(lines: Sequence[PrintedLine], usual: float, middle: float, marks: set[str]) -> int:
    """Index of the first line of the footnotes at the foot of a column, or how many lines there are."""
    first = len(lines)
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        if line.size > usual * _SMALLER or line.top < middle:
            break
        if begins_note(line) or _with_raised_mark(line, marks) is not None:
            first = number
    return first


def _continues(note: PrintedLine, line: PrintedLine, usual: float) -> bool:
    """Whether a line goes on with the footnote above it."""
    return (
        len(line.pieces) == 1
        and line.size <= usual * _SMALLER
        and abs(line.size - note.size) <= 0.3
        and line.bottom - note.bottom <= _LINE_GAP * note.size
        and line.x0 <= note.x0 + 3 * note.size
    )


def _with_raised_mark(line: PrintedLine, marks: set[str]) -> PrintedLine | None:
    """A footnote whose mark is not raised, with the mark raised; None where the page's text has no such mark."""
    first, *rest = line.pieces[0].words
    found = _PLAIN.match(first.text)
    mark = found["mark"].translate(RAISED_DIGITS) if found else ""
    if mark not in marks or not rest or len(line.pieces) > 1:
        return None
    return replace(line, pieces=(replace(line.pieces[0], words=(Word(mark, first.x0, first.x1), *rest)),))
