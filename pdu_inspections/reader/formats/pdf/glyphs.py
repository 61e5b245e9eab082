"""From characters to printed lines: words, superscript footnote marks, and pieces with wide gaps between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from pdu_inspections.reader.formats.pdf.page import Glyph, Piece, PrintedLine, Word
from pdu_inspections.reader.text import RAISED_DIGITS

BULLET = "•"
UNREADABLE = "\ufffd"
_SAME_LINE = 0.3
_STEP_BETWEEN_LINES = 0.1
_WORD_GAP = 0.18
_WORD_GAP_BESIDE_SPACES = 0.35
_RAISED_SIZE = 0.88
"""Largest size of a footnote mark, in that of the text: a browser sets it at 0.83, a word processor at 0.65."""
_RAISED_BY = 0.1
_FARTHEST_MARK = 2.0
_STICKING = 0.8
_OVERPRINT = 0.09
_MOST_MARKS = 24
_ROWS_AROUND = 4
_LONGEST_MARK = 3
_CLOSE = 1.5
_PIECE_GAP = 0.9
_PIECE_GAP_IN_SPACES = 2.2
_USUAL_SPACE = 0.28
_EVENLY = 1.6
_WIDEST_SPACE = 0.6
"""Usual gap between words of the widest font, in units of its size."""
_WIDEST_STRETCHED = 2.0
"""Widest gap of a line stretched to its column, in units of its size; figures of a table stand farther apart."""
_LEADERS = re.compile(r"[.·…‥_]{4,}")
_LEADER_CHARACTERS = frozenset(".·…‥_")
_REPLACED = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
        "\u00a0": " ",
        "\u202f": " ",
        "\t": " ",
        "\u00ad": "",
        **dict.fromkeys("\uf0b7\uf0a7\uf0a8\uf0d8\uf06e\uf076\uf0fc\u25cf\u2022", BULLET),
    }
)
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_CONTROL = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


@dataclass(slots=True)
class _WordDraft:
    """A word in the making; font, size and height are those of its largest character."""

    text: str
    x0: float
    x1: float
    gap: float
    size: float
    font: str
    top: float
    bottom: float


def plain_text(text: str) -> str:
    """A character without ligatures and control characters; one that the font does not explain becomes U+FFFD."""
    if len(text) == 1 and text.isascii() and text.isprintable():
        return text
    return _CONTROL.sub("", _UNMAPPED.sub(UNREADABLE, text).translate(_REPLACED))


def printed_lines(glyphs: Iterable[Glyph], page: int) -> list[PrintedLine]:
    """Lines of a page from top to bottom, each cut into pieces at its wide gaps."""
    worded = [words for row in _rows(glyphs) if (words := _words(row))]
    usual = _usual_gaps(worded)
    lines: list[PrintedLine] = []
    for words in worded:
        pieces = tuple(_pieces(words, usual))
        if pieces:
            line = PrintedLine(page, pieces)
            lines.append(_as_mark(line) if _is_lone_mark(line, lines) else line)
    return lines


def _is_lone_mark(line: PrintedLine, above: Sequence[PrintedLine]) -> bool:
    """Whether a line is nothing but a footnote mark that was carried over from the line above it."""
    if not (line.text.isdigit() and line.text.isascii() and len(line.text) <= _LONGEST_MARK):
        return False
    return any(
        line.size <= _RAISED_SIZE * host.size and line.bottom - host.bottom <= _CLOSE * host.size and line.x0 < host.x1
        for host in above[-_ROWS_AROUND:]
    )


def _as_mark(line: PrintedLine) -> PrintedLine:
    piece = line.pieces[0]
    mark = replace(piece.words[0], text=piece.words[0].text.translate(RAISED_DIGITS))
    return replace(line, pieces=(replace(piece, words=(mark,)),))


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters by baseline, each row from left to right, raised marks in the row they are raised from."""
    rows: list[list[Glyph]] = []
    anchor = reach = last = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.bottom):
        reach = max(reach, _SAME_LINE * glyph.size)
        beyond = glyph.bottom - anchor
        if rows and (
            beyond <= reach or (glyph.bottom - last <= _STEP_BETWEEN_LINES * glyph.size and beyond <= 2 * reach)
        ):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            anchor, reach = glyph.bottom, _SAME_LINE * glyph.size
        last = glyph.bottom
    rows = _merge_raised(rows)
    for row in rows:
        row.sort(key=lambda glyph: glyph.x0)
    return rows


def _merge_raised(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Rows with small digits put into the lines below that they are raised from."""
    for number, row in enumerate(rows):
        largest = max(glyph.size for glyph in row)
        is_marks = all(glyph.text.isdigit() or glyph.text in " ,*[]" for glyph in row)
        small = [
            glyph
            for glyph in row
            if glyph.text.isdigit()
            and (is_marks or glyph.size <= _RAISED_SIZE * largest)
            and not _hangs_over(glyph, row, _STICKING)
        ]
        if not small or len(small) > _MOST_MARKS:
            continue
        for host in rows[number + 1 : number + 1 + _ROWS_AROUND]:
            taken = [glyph for glyph in small if _hangs_over(glyph, host, _FARTHEST_MARK)]
            host.extend(taken)
            small = [glyph for glyph in small if glyph not in taken]
            row[:] = [glyph for glyph in row if glyph not in taken]
    return [row for row in rows if row]


def _hangs_over(mark: Glyph, host: Sequence[Glyph], farthest: float) -> bool:
    """Whether a small character is raised from a character of the line that stands no farther off, in its sizes."""
    return any(
        mark.size <= _RAISED_SIZE * glyph.size
        and min(mark.bottom, glyph.bottom) - max(mark.top, glyph.top) >= 0.5 * (mark.bottom - mark.top)
        and -0.5 * glyph.size <= max(mark.x0 - glyph.x1, glyph.x0 - mark.x1) <= farthest * glyph.size
        for glyph in host
    )


def _words(row: Sequence[Glyph]) -> list[_WordDraft]:
    """Words of a row; overprinted characters are taken once."""
    threshold = _WORD_GAP_BESIDE_SPACES if any(glyph.text == " " for glyph in row) else _WORD_GAP
    words: list[_WordDraft] = []
    last: Glyph | None = None
    base: Glyph | None = None
    has_ended = True
    for number, glyph in enumerate(row):
        if glyph.text == " ":
            has_ended = True
            continue
        gap = 0.0
        if last is not None:
            if glyph.text == last.text and abs(glyph.x0 - last.x0) <= _OVERPRINT * glyph.size:
                continue
            gap = glyph.x0 - last.x1
        is_raised = _is_raised(glyph, base, row, number)
        limit = threshold * max(glyph.size, last.size) if last is not None else 0.0
        if not words or gap > limit or (has_ended and gap > 0.05 * glyph.size):
            words.append(_WordDraft("", glyph.x0, glyph.x1, max(gap, 0.0), 0.0, "", glyph.top, glyph.bottom))
        has_ended = False
        _append(words[-1], glyph, is_raised)
        last = glyph
        if not is_raised:
            base = glyph
    return words


def _append(word: _WordDraft, glyph: Glyph, is_raised: bool) -> None:
    text = glyph.text
    if is_raised:
        text = " " if text == "," else text.translate(RAISED_DIGITS)
    if glyph.size > word.size:
        word.size, word.font, word.top, word.bottom = glyph.size, glyph.font, glyph.top, glyph.bottom
    word.text += text
    word.x1 = max(word.x1, glyph.x1)


def _is_raised(glyph: Glyph, base: Glyph | None, row: Sequence[Glyph], number: int) -> bool:
    """Whether a character is a superscript: smaller than its neighbour on the line, and higher."""
    if base is None or glyph.x0 - base.x1 > _FARTHEST_MARK * base.size:
        following = (other for other in row[number + 1 :] if other.text != " " and other.size > glyph.size)
        base = next(following, None)
        if base is None or base.x0 - glyph.x1 > _FARTHEST_MARK * base.size:
            return False
    return glyph.size <= _RAISED_SIZE * base.size and glyph.bottom < base.bottom - _RAISED_BY * base.size


def _usual_gaps(lines: Iterable[Sequence[_WordDraft]]) -> dict[str, float]:
    """Median gap between words by font, in units of its size."""
    gaps: dict[str, list[float]] = {}
    for words in lines:
        for word in words[1:]:
            if word.gap < 1.5 * word.size:
                gaps.setdefault(word.font, []).append(word.gap / word.size)
    # A font that prints nothing but figures has gaps between columns only.
    return {font: min(median(found), _WIDEST_SPACE) for font, found in gaps.items()}


def _pieces(words: Sequence[_WordDraft], usual: dict[str, float]) -> list[Piece]:
    """Words of a line put together up to each wide gap; leaders count as a gap."""
    gaps = [word.gap / word.size for word in words[1:]]
    own = min(gaps) if len(gaps) > 2 and max(gaps) <= min(_EVENLY * min(gaps), _WIDEST_STRETCHED) else 0.0
    groups: list[list[_WordDraft]] = []
    is_open = False
    for word in words:
        parts = _without_leaders(word) if word.text.count(".") > 3 or not word.text[:1].isalnum() else [word]
        for part in parts:
            if part is None:
                is_open = False
            elif is_open and not _is_wide(groups[-1][-1], part, usual, own):
                groups[-1].append(part)
            else:
                groups.append([part])
                is_open = True
    return [_piece(group, usual) for group in groups]


def _is_wide(before: _WordDraft, word: _WordDraft, usual: dict[str, float], own: float) -> bool:
    """Whether the gap between two words is wider than those between the words of a sentence."""
    smaller = before if before.size < word.size else word
    space = max(usual.get(smaller.font, _USUAL_SPACE), own)
    return word.gap > max(_PIECE_GAP, _PIECE_GAP_IN_SPACES * space) * smaller.size


def _without_leaders(word: _WordDraft) -> list[_WordDraft | None]:
    """What a word holds besides rows of dots, None for each of these; places are shared out by length."""
    led = _LEADERS.search(word.text)
    if led is None:
        is_leader = len(word.text) > 1 and _LEADER_CHARACTERS.issuperset(word.text) and word.text != "..."
        return [None] if is_leader else [word]
    step = (word.x1 - word.x0) / len(word.text)
    parts: list[_WordDraft | None] = []
    if led.start():
        parts.append(replace(word, text=word.text[: led.start()], x1=word.x0 + led.start() * step))
    parts.append(None)
    if led.end() < len(word.text):
        parts.append(replace(word, text=word.text[led.end() :], x0=word.x0 + led.end() * step))
    return parts


def _piece(words: Sequence[_WordDraft], usual: dict[str, float]) -> Piece:
    styles: dict[tuple[str, float], int] = {}
    for word in words:
        style = (word.font, word.size)
        styles[style] = styles.get(style, 0) + len(word.text)
    font, size = max(styles, key=lambda style: styles[style])
    return Piece(
        tuple(Word(word.text, word.x0, word.x1, word.gap if number else 0.0) for number, word in enumerate(words)),
        min(word.top for word in words),
        max(word.bottom for word in words),
        size,
        font,
        usual.get(font, _USUAL_SPACE) * size,
    )
