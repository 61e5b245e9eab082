"""Figures without a number in digits or words: the ninth unit inspected, around a year, no staff responded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pdu_inspections.reader.prose.hedges import hedge_before
from pdu_inspections.reader.prose.sentence import ProseFigure
from pdu_inspections.reader.prose.units import OTHER, SPANS_OF_TIME, counted

_NTH_WORDS = (
    "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINALS = {word: Decimal(number) for number, word in enumerate(_NTH_WORDS.split(), 2)}
_NTH = re.compile(
    rf"\bthe\s+(?P<nth>{'|'.join(_ORDINALS)})"
    r"(?:(?P<what>(?:,?\s+[a-z()'-]+){1,18}?),?\s+(?:to\s+be\s+|we\s+(?:have\s+)?)?inspected\b"
    r"|[\s-]+(?:largest|smallest|biggest|highest|lowest|busiest)\b)"
)
_A_SPAN = re.compile(r"\ba\s+(?:day|week|fortnight|month|year)\b")
_LEAD = re.compile(
    r"\b(?:(?P<joins>and|to)|around|about|approximately|almost|nearly|over|more\s+than|less\s+than|up\s+to)\s+$"
)
_NOBODY = re.compile(
    r"\bno\s+(?P<who>staff|respondents|sentencers|practitioners|officers|managers|judges|magistrates|people\s+on\s+probation)"
    r"\s+(?:had\s+|have\s+)?(?:responded|replied|answered|said|told|reported|felt|disagreed|agreed|described)\b"
)
_RANKS = ("inspected", "largest", "smallest", "biggest", "highest", "lowest", "busiest")
_SPAN = re.compile(" a (?:day|week|fortnight|month|year)")
_LONGEST_LEAD = 12
_LOOK_BACK = 20


def figures_without_numbers(low: str, earlier: list[ProseFigure]) -> Iterator[ProseFigure]:
    """Such figures of a paragraph in lower case; earlier: the ones its numbers gave."""
    if any(word in low for word in _RANKS):
        yield from _ordinals(low)
    if has_span_of_time(low):
        yield from _spans_of_time(low, earlier)
    if "no " in low:
        for found in _NOBODY.finditer(low):
            yield ProseFigure(found.start(), found.end("who"), found.start(), value=Decimal(0), unit="people")


def has_span_of_time(low: str) -> bool:
    """Whether a text in lower case may hold a span of time written with an article."""
    return _SPAN.search(low) is not None


def _ordinals(low: str) -> Iterator[ProseFigure]:
    """The ninth unit to be inspected: nine were inspected by then; the fifth largest."""
    for found in _NTH.finditer(low):
        start, end = found.span("nth")
        noun = counted(low, found.start("what"), True) if found["what"] else None
        yield ProseFigure(
            start, end, start, value=_ORDINALS[found["nth"]], unit=noun.unit if noun is not None else OTHER
        )


def _spans_of_time(low: str, earlier: list[ProseFigure]) -> Iterator[ProseFigure]:
    """Between six months and a year; around a year."""
    for found in _A_SPAN.finditer(low):
        lead = _LEAD.search(low, max(0, found.start() - _LOOK_BACK), found.start())
        if lead is None:
            continue
        follows_span = any(
            figure.unit in SPANS_OF_TIME and 0 <= lead.start() - figure.end < _LONGEST_LEAD for figure in earlier
        )
        noun = counted(low, found.start() + 1, True)
        if noun is not None and (follows_span or not lead["joins"]):
            hedge = hedge_before(low, found.start(), True)
            yield ProseFigure(found.start(), found.end(), found.start(), value=Decimal(1), unit=noun.unit, hedge=hedge)
