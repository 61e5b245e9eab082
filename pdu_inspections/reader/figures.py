"""Numbers as reports print them: digits, words, percentages, and words that say why there is no number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_UNITS = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

_WORDS: dict[str, int] = {word: number for number, word in enumerate(_UNITS)}
_WORDS.update({word: 10 * (number + 2) for number, word in enumerate(_TENS)})
_WORDS.update({f"{ten}-{unit}": _WORDS[ten] + _WORDS[unit] for ten in _TENS for unit in _UNITS[1:10]})
_WORDS["hundred"] = 100
_WORDS["one hundred"] = _WORDS["a hundred"] = 100

_SMALL = "|".join(_UNITS[::-1])
WORD_NUMBER = rf"(?:(?:one|a)\s+hundred|(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(_UNITS[1:10])}))?|{_SMALL})"
DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,6})?"
NUMBER = rf"(?:(?<![\d.,]){DIGITS}(?![\d]|[.,]\d)|\b{WORD_NUMBER}\b)"
"""A number in running text, in digits or words."""
PER_CENT = r"(?:\s?%|\s+per\s?cent\b|\s+percent\b)"


@dataclass(frozen=True, slots=True)
class CellFigure:
    """A figure in a table cell: where it stands in the cell, its value, unit and status."""

    start: int
    end: int
    value: str
    unit: str | None
    status: str


_STATUS_WORDS = (
    (
        "not_provided",
        r"(?:data\s+|information\s+|figures?\s+)?(?:was\s+|were\s+)?not\s+(?:been\s+)?(?:provided|supplied)",
    ),
    (
        "not_available",
        r"(?:data\s+|information\s+|figures?\s+)?(?:is\s+|are\s+)?(?:not\s+(?:currently\s+)?available|unavailable)",
    ),
    ("not_applicable", r"not\s+applicable|n\s?/\s?a"),
)
_STATUS = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _STATUS_WORDS)
_UNIT_WORDS = "days|weeks|months|years|hours|cases|people|points"
_CELL = re.compile(
    rf"[\s*_]*(?:(?P<number>{DIGITS})"
    rf"(?P<tail>\s*(?P<per_cent>%|per\s?cent\b|percent\b)|\s+(?P<unit>{_UNIT_WORDS})\b)?"
    rf"|{_STATUS})(?P<mark>\s*\[?\d{{1,2}}\]?)?\s*[.;]?[\s*_]*$",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    rf"(?:(?:^|(?<=[\s…._])){DIGITS}|(?:^|(?<=[\s?*)…._]))(?:{DIGITS}\s?(?:%|per\s?cent|percent)"
    r"|(?:(?:data|information|figures?)\s+)?not\s+(?:provided|supplied|available|applicable)|n/a))"
    r"\s*[.;]?\s*$",
    re.IGNORECASE,
)
_LONGEST_TRAILING = 80


def cell_figure(text: str) -> CellFigure | None:
    """The figure a table cell consists of, or None where the cell is empty or holds something else.

    A footnote mark that lost its raised type (61%7) is told from the value by the per cent sign before it.
    """
    found = _CELL.match(text)
    if found is None:
        return None
    if found["number"] is None:
        status = next(name for name, _ in _STATUS_WORDS if found[name])
        return CellFigure(found.start(status), found.end(status), "", None, status)
    if found["mark"] and "[" not in found["mark"] and not found["tail"] and "," not in found["number"]:
        return None
    unit = "per_cent" if found["per_cent"] else (found["unit"] or "").lower() or None
    end = found.end("number")
    if found["per_cent"] == "%":
        end = found.end("per_cent")
    return CellFigure(found.start("number"), end, plain_number(found["number"]), unit, "reported")


def trailing_figure(text: str) -> int | None:
    """Where a figure at the end of an untabbed line begins, or None; a bare number that sticks to a word is a mark."""
    found = _TRAILING.search(text, max(len(text) - _LONGEST_TRAILING, 0))
    return found.start() if found else None


def plain_number(text: str) -> str:
    """A printed number as a plain decimal: 15,372 -> 15372, Twenty-seven -> 27. Raises ValueError otherwise."""
    text = text.strip()
    if text[:1].isdigit():
        return str(Decimal(text.replace(",", ""))) if "." in text else str(int(text.replace(",", "")))
    word = re.sub(r"[-\s\u2010-\u2013]+", "-", text.casefold())
    number = _WORDS.get(word, _WORDS.get(word.replace("-", " ")))
    if number is None:
        raise ValueError(f"not a number: {text!r}")
    return str(number)
