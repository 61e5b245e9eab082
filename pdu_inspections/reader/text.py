"""Text of a report without its markup, with the way back to where each character was printed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from pdu_inspections.reader.document import Line

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
RAISED_DIGITS = str.maketrans("0123456789", SUPERSCRIPTS)
"""Digits as the mark of a footnote."""
_WORDS_OF_SLUG = 8
_SUPERSCRIPT_DIGITS = {ord(mark): str(digit) for digit, mark in enumerate(SUPERSCRIPTS)}
_SPACES = "\u00a0\u2009\u202f\u2002\u2003\u2007\u2008\u200a\u3000"
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&apos;": "'", "&nbsp;": " "}

_MARKUP = re.compile(
    r"<sup>\s*(?P<tagged>\[?\d{1,3}\]?)\s*</sup>"  # footnote mark as HTML
    rf"|(?P<raised>[{SUPERSCRIPTS}]+)"  # footnote mark as superscript digits
    r"|\^\[?(?P<careted>\d{1,3})\]?(?:\(#[^()\s]{0,80}\))?\^"  # footnote mark as pandoc writes it
    r"|(?P<tag></?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>)"
    r"|(?P<link>\[(?P<linked>[^\[\]\n]+)\]\((?:#|https?:)[^()\s]*\))"
    r"|(?P<attributes>\{[.#][^{}\n]{0,80}\})"  # class of a heading or link, as pandoc writes it
    r"|(?P<bold>\*\*(?=[^\s*])(?P<inner>[^*\n]*[^\s*])\*\*)"
    r"|(?P<under>__(?=[^\s_])(?P<underlined>[^_\n]*[^\s_])__)"
    r"|(?P<escape>\\)(?=[^\w\s])"
    r"|(?P<entity>&(?:amp|lt|gt|quot|apos|nbsp|\#39);)"
    r"|(?i:(?P<link_words>\s*[↑^]?\s*[(\[]?\b(?:back|return|jump|skip|go)\s+to\s+(?:the\s+)?(?:top|contents?|start)\b"
    r"(?:\s+of\s+(?:the\s+)?page)?[)\]]?[\s↑^]*(?=\t|$)))"
    r"|(?P<zero>[\u200b\u200c\u200d\u2060\ufeff\u00ad]+)"
    r"|(?P<gap>(?<=[ \u00a0])[ \u00a0]+)"
)
_GAP_OF_TAG = {"td": "\t", "th": "\t", "br": " "}
"""What parts words where a tag stood: cells of a table, broken lines."""
_SUSPECT = re.compile(
    rf"[<*\\&^{{{SUPERSCRIPTS}\u200b-\u200d\u2060\ufeff\u00ad]|[ \u00a0]{{2}}|\]\(|__"
    r"|(?i:\bto\s+(?:the\s+)?(?:top|content|start))"
)
_NOT_WORD = re.compile(r"[^a-z0-9%]+")
_FOLD = str.maketrans({"’": "", "‘": "", "'": "", "`": "", "´": "", "ʼ": "", "′": "", "&": " and "})
_ALIKE = (
    *((dash, "-") for dash in "\u2013\u2014\u2010\u2011\u2012\u2015\u2212"),
    *((quote, "'") for quote in "\u2019\u2018\u02bc\u2032\u00b4"),
    *((quote, '"') for quote in "\u201c\u201d"),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote mark and the place in the clean text it stuck to."""

    at: int
    number: str


@dataclass(frozen=True, slots=True)
class PrintedPlace:
    """Where a figure or a wording is printed: index of its line, its column from 1, and the text printed there."""

    index: int
    column: int
    as_printed: str


class CleanText:
    """A piece of one line without markup; `raw_at` leads back to the character of the line."""

    __slots__ = ("_clean_starts", "_raw_starts", "line", "marks", "text")

    def __init__(
        self, line: Line, text: str, marks: tuple[Mark, ...], clean_starts: Sequence[int], raw_starts: Sequence[int]
    ) -> None:
        self.line = line
        self.text = text
        self.marks = marks
        self._clean_starts = clean_starts
        self._raw_starts = raw_starts

    def raw_at(self, index: int) -> int:
        """Index in the raw line of the clean character at index."""
        segment = bisect_right(self._clean_starts, index) - 1
        return self._raw_starts[segment] + index - self._clean_starts[segment]

    def place(self, start: int, end: int) -> PrintedPlace:
        """Where the clean characters from start to end (exclusive) are printed, and what is printed there."""
        first = self.raw_at(start)
        return PrintedPlace(self.line.number - 1, first + 1, self.line.text[first : self.raw_at(end - 1) + 1])


def clean_text(line: Line, start: int = 0, end: int | None = None) -> CleanText:
    """Text of a line (or of a part of it) without markup and footnote marks."""
    raw = line.text[start:end]
    if not _SUSPECT.search(raw):
        return CleanText(line, _plain_spaces(raw), (), (0,), (start,))
    pieces: list[str] = []
    clean_starts: list[int] = []
    raw_starts: list[int] = []
    marks: list[Mark] = []
    length = 0

    def keep(piece: str, raw_start: int) -> None:
        nonlocal length
        if piece:
            clean_starts.append(length)
            raw_starts.append(raw_start)
            pieces.append(piece)
            length += len(piece)

    def strip(text: str, offset: int) -> None:
        position = 0
        for found in _MARKUP.finditer(text):
            keep(text[position : found.start()], offset + position)
            mark = found["tagged"] or found["careted"] or (found["raised"] or "").translate(_SUPERSCRIPT_DIGITS)
            if mark:
                marks.append(Mark(length, mark.strip("[]")))
            elif found["bold"]:
                strip(found["inner"], offset + found.start("inner"))
            elif found["tag"] and (gap := _GAP_OF_TAG.get(found["tag"][1:3].lower())) and pieces:
                keep(gap, offset + found.start())
            elif found["link"]:
                strip(found["linked"], offset + found.start("linked"))
            elif found["under"]:
                strip(found["underlined"], offset + found.start("underlined"))
            elif found["entity"]:
                keep(_ENTITIES[found["entity"]], offset + found.start())
            position = found.end()
        keep(text[position:], offset + position)

    strip(raw, start)
    if not pieces:
        return CleanText(line, "", tuple(marks), (0,), (start,))
    return CleanText(line, _plain_spaces("".join(pieces)), tuple(marks), clean_starts, raw_starts)


def _plain_spaces(text: str) -> str:
    if not text.isascii():
        for space in _SPACES:
            text = text.replace(space, " ")
    return text


def plain_punctuation(text: str) -> str:
    """Text of the same length with every dash as a hyphen and every quote as a straight one, to match patterns on."""
    if not text.isascii():
        for printed, plain in _ALIKE:
            text = text.replace(printed, plain)
    return text


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """Text for comparison: lower case, words only; quotes, dashes, spaces and punctuation make no difference."""
    return _NOT_WORD.sub(" ", text.translate(_FOLD).casefold()).strip()


def similarity(left: str, right: str) -> float:
    """How alike two comparison keys are, 0 to 1: the mean of likeness by character and by word."""
    if left == right:
        return 1.0
    by_word = SequenceMatcher(None, left.split(), right.split(), autojunk=False).ratio()
    if by_word < 0.3:
        return by_word
    return (by_word + SequenceMatcher(None, left, right, autojunk=False).ratio()) / 2


def slug(wording: str) -> str:
    """An id made of the first words of a wording."""
    return "_".join(normalise(wording).split()[:_WORDS_OF_SLUG])
