"""Paragraphs of a report: wrapped lines put together, with the way back to where each word is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from pdu_inspections.reader.text import SUPERSCRIPTS, CleanText, PrintedPlace, plain_punctuation

_SENTENCE = re.compile(r"[.!?;](?P<gap>\s+)(?=[A-Z•‘'\"“])|(?P<line>\n)")
_ITEM = re.compile(rf"\s*(?:[-\u2010\u2011–•▪●◦■*▣]\s|\d{{1,2}}[.)]\s|#|<sup>|[{SUPERSCRIPTS}])")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: wrapped lines put together, with the way back to each line.

    text is to match patterns on: dashes are hyphens and quotes are straight; folded is that in lower case. printed is
    the same as it is printed.
    """

    text: str
    folded: str
    printed: str
    starts: tuple[int, ...]
    pieces: tuple[CleanText, ...]

    @property
    def index(self) -> int:
        """Index of its first line."""
        return self.pieces[0].line.number - 1

    def place(self, start: int, end: int) -> PrintedPlace:
        """Where the characters from start to end are printed; what runs over a line break is cut at the break."""
        number = max(i for i, at in enumerate(self.starts) if at <= start)
        piece, at = self.pieces[number], self.starts[number]
        place = piece.place(start - at, min(end - at, len(piece.text)))
        return replace(place, as_printed=place.as_printed.rstrip())

    def marks(self, start: int, end: int) -> list[str]:
        """Footnote marks that stick to the characters from start to end, the mark right after the end included."""
        return [
            mark.number
            for at, piece in zip(self.starts, self.pieces, strict=True)
            for mark in piece.marks
            if start < at + mark.at <= end
        ]


def join_lines(pieces: tuple[CleanText, ...]) -> Passage:
    """Pieces of lines put together, a space between them."""
    texts = [piece.text.rstrip() for piece in pieces]
    printed = " ".join(texts)
    lengths = (len(text) + 1 for text in texts[:-1])
    text = plain_punctuation(printed)
    return Passage(text, text.lower(), printed, tuple(accumulate(lengths, initial=0)), pieces)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of a paragraph."""
    start = 0
    for found in _SENTENCE.finditer(text):
        yield start, found.start(found.lastgroup or 0)
        start = found.end()
    yield start, len(text)


def begins_item(text: str) -> bool:
    """Whether a line begins an item of a list, a heading or a footnote."""
    return _ITEM.match(text) is not None
