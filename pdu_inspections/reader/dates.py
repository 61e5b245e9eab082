"""Dates as reports print them: whole, or with the month or year left to the date that follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip
_NUMBERS = {name.casefold(): number for number, name in enumerate(MONTHS, 1)}
_NUMBERS.update({name[:3].casefold(): number for number, name in enumerate(MONTHS, 1)})
_NUMBERS["sept"] = 9

MONTH = rf"(?:{'|'.join(MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_MONTH_OF_YEAR = rf"{MONTH}(?:,?\s+\d{{4}})?"
DATE_PART = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s+(?:of\s+)?{_MONTH_OF_YEAR})?(?!\d|%|,\d|\.\d)|{_MONTH_OF_YEAR})"
"""A date or a part of one: 27 June 2022, 29 November, 01, November, December 2021."""
_PART = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*)?(?:of\s+)?(?P<month>{MONTH})?(?:,?\s+(?P<year>\d{{4}}))?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as printed; what is missing is None."""

    year: int | None
    month: int | None
    day: int | None

    @property
    def precision(self) -> str:
        """day, month or year."""
        return "day" if self.day else "month" if self.month else "year"

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        if self.month:
            parts.append(f"{self.month:02d}")
            if self.day:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)


def parse_date(text: str) -> PartialDate | None:
    """The date a text is, or None."""
    found = _PART.match(" ".join(text.split()))
    if found is None or not (found["day"] or found["month"]):
        return None
    month = _NUMBERS[found["month"].rstrip(".").casefold()] if found["month"] else None
    day = int(found["day"]) if found["day"] else None
    if day is not None and not 1 <= day <= 31:
        return None
    return PartialDate(int(found["year"]) if found["year"] else None, month, day)


def complete(dates: Sequence[PartialDate], year: int | None = None) -> list[PartialDate] | None:
    """Dates of one phrase with missing months and years taken from the date after; None where one stays open.

    01 and 07 November 2021 -> 2021-11-01, 2021-11-07. A start later in the year than its end lies a year before.
    """
    done: list[PartialDate] = []
    later: PartialDate | None = None
    for date in reversed(dates):
        month = date.month or (later.month if later else None)
        full = PartialDate(date.year or _year(month, later, year), month, date.day)
        if full.month is None or full.year is None:
            return None
        done.append(full)
        later = full
    return done[::-1]


def _year(month: int | None, later: PartialDate | None, year: int | None) -> int | None:
    """Year of a date printed without one: of the date after it, or the year before where its month comes later."""
    if later is None or later.year is None:
        return year
    return later.year - 1 if month and later.month and month > later.month else later.year
