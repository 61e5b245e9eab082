"""Numbers as a spreadsheet shows them."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DECIMALS = re.compile(r"\.([0#?]+)")


def displayed_value(value: object, number_format: str) -> str:
    """A value in its number format: 0.67 as 0% is 67%, 1234.5 as #,##0 is 1,235, a day as d mmmm yyyy is in words."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _number(Decimal(repr(value)), number_format)
    if isinstance(value, (datetime, date)):
        has_day = "d" in _LITERAL.sub("", number_format).lower()
        return f"{value.day} {value:%B %Y}" if has_day else f"{value:%B %Y}"
    return str(value)


def _number(value: Decimal, number_format: str) -> str:
    picture = _LITERAL.sub("", number_format.split(";", maxsplit=1)[0])
    if not any(sign in picture for sign in "0#?"):
        return f"{Decimal(f'{float(value):.10g}'):f}"
    decimals = _DECIMALS.search(picture)
    step = Decimal(1).scaleb(-len(decimals[1]) if decimals else 0)
    rounded = (value * 100 if "%" in picture else value).quantize(step, ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in picture else f"{rounded:f}"
    if decimals and decimals[1].endswith(("#", "?")):
        text = text.rstrip("0").rstrip(".")
    return text + ("%" if "%" in picture else "")
