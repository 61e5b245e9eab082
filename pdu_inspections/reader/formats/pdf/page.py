"""What stands on a page: words, pieces of lines, printed lines and drawn rules, with their places in points."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple


class Glyph(NamedTuple):
    """One character as drawn; top and bottom count downward from the top of the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    font: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word: its text, where it begins and ends, and the gap to the word before it in its line (0 for the first)."""

    text: str
    x0: float
    x1: float
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line with no wide gap between them."""

    words: tuple[Word, ...]
    top: float
    bottom: float
    size: float
    font: str
    space: float

    @property
    def x0(self) -> float:
        """Left edge in points."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right edge in points."""
        return self.words[-1].x1

    @property
    def middle(self) -> float:
        """Middle in points."""
        return (self.words[0].x0 + self.words[-1].x1) / 2

    @property
    def text(self) -> str:
        """Its text."""
        return " ".join(word.text for word in self.words)

    def cut(self, start: int, end: int | None = None) -> Piece:
        """The words from start to end as a piece of their own."""
        words = self.words[start:end]
        return replace(self, words=(replace(words[0], gap=0.0), *words[1:]))


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """Pieces that share a baseline, from left to right, in one column of one page."""

    page: int
    pieces: tuple[Piece, ...]
    ends_column: bool = False
    """Whether the text area ends here, so that the line below stands on another page or in another column."""
    column: tuple[float, float] = (0.0, 0.0)
    """Left and right edge of the text area the line stands in."""

    @property
    def x0(self) -> float:
        """Left edge in points."""
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        """Right edge in points."""
        return self.pieces[-1].x1

    @property
    def top(self) -> float:
        """Top edge in points."""
        return min(piece.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        """Bottom edge in points."""
        return max(piece.bottom for piece in self.pieces)

    @property
    def size(self) -> float:
        """Size of most of its text in points."""
        return max(self.pieces, key=lambda piece: len(piece.text)).size

    @property
    def font(self) -> str:
        """Font of most of its text."""
        return max(self.pieces, key=lambda piece: len(piece.text)).font

    @property
    def text(self) -> str:
        """Its text."""
        return " ".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal rule, or the upper or lower edge of a drawn box."""

    y: float
    x0: float
    x1: float


@dataclass(slots=True)
class Page:
    """A page: its number from 1, its size, and what is printed and drawn on it."""

    number: int
    width: float
    height: float
    lines: list[PrintedLine] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    has_picture: bool = False
    """Whether a picture fills most of the page."""
