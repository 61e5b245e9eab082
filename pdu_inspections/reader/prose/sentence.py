"""A sentence while its numbers are read from left to right, and the figures that come of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pdu_inspections.reader.prose.hedges import hedge_after, hedge_before
from pdu_inspections.reader.prose.tokens import Token
from pdu_inspections.reader.prose.units import SPANS_OF_TIME

_TO = re.compile(r"-?\s+(?:to|or)\s+|\s?-\s?")


@dataclass(slots=True)
class ProseFigure:
    """A figure of a paragraph: its span, what it says, and where its leading number stands.

    It gives a value with its unit, or a numerator of a denominator, or a percentage, or the last two together; a
    percentage may have a denominator alone.
    """

    start: int
    end: int
    at: int
    value: Decimal | None = None
    unit: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    percent: Decimal | None = None
    hedge: str = ""

    @property
    def is_share(self) -> bool:
        """Whether it is a share of something rather than a value."""
        return self.percent is not None or self.numerator is not None


@dataclass(frozen=True, slots=True)
class RejectedNumber:
    """A number that became no figure, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Base:
    """A count that shares may be taken of: the number, what it counts, where it stands."""

    number: Decimal
    noun: str
    start: int
    end: int


@dataclass
class ParagraphReading:
    """A paragraph while it is read: its text in lower case, what was found, and the counts later sentences refer to.

    recent: the last count or numerator, which `of these` takes up. shared: the last base of a share.
    """

    low: str
    figures: list[ProseFigure] = field(default_factory=list)
    rejected: list[RejectedNumber] = field(default_factory=list)
    recent: Base | None = None
    shared: Base | None = None


class Sentence:
    """One sentence of a paragraph, its numbers, and the bases it names.

    base: what `Of the 46 people …,` gives; is_open until a number takes it up. counts: the counts so far. shared: the
    base of the last x of y.
    """

    def __init__(self, paragraph: ParagraphReading, start: int, end: int, tokens: Sequence[Token]) -> None:
        self.paragraph = paragraph
        self.low = paragraph.low
        self.start = start
        self.end = end
        self.text = paragraph.low[start:end]
        self.tokens = tokens
        self.base: Base | None = None
        self.is_open = False
        self.counts: list[Base] = []
        self.shared: Base | None = None

    def after(self, position: int) -> Token | None:
        """The number after the one at a position."""
        return self.tokens[position + 1] if position + 1 < len(self.tokens) else None

    def before(self, token: Token, length: int) -> str:
        """Up to so many characters of the sentence before a number."""
        return self.low[max(self.start, token.start - length) : token.start]

    def joined(self, pattern: re.Pattern[str], left: int, right: Token | None) -> bool:
        """Whether a pattern is all that stands between a place and the next number."""
        return right is not None and pattern.fullmatch(self.low, left, right.start) is not None

    def drop_count(self, count: Base) -> None:
        """Takes a count back that became the base of a share."""
        figures = self.paragraph.figures
        figures[:] = [figure for figure in figures if figure.at != count.start]

    def is_about(self, unit: str) -> bool:
        """Whether the last value of the paragraph was in this unit."""
        last = next((figure for figure in reversed(self.paragraph.figures) if not figure.is_share), None)
        return last is not None and last.unit == unit

    def add(self, figure: ProseFigure) -> None:
        """Adds a figure, with the hedge of the words around it."""
        hedge = hedge_before(self.low, figure.at, figure.unit in SPANS_OF_TIME) or hedge_after(self.low, figure.end)
        last = self.paragraph.figures[-1] if self.paragraph.figures else None
        if not hedge and last is not None and last.hedge == "about" and _TO.fullmatch(self.low, last.end, figure.at):
            hedge = last.hedge
        figure.hedge = hedge
        self.paragraph.figures.append(figure)

    def add_exact(self, figure: ProseFigure) -> None:
        """Adds a figure that no hedge moves."""
        self.paragraph.figures.append(figure)

    def skip(self, token: Token, reason: str) -> None:
        """Notes a number that became no figure."""
        self.paragraph.rejected.append(RejectedNumber(token.start, token.end, reason))
