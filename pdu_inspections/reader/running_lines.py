"""Running heads, running feet and page numbers, where a text form still has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pdu_inspections.reader.document import Line

_LONGEST = 120
_NUMBERED = re.compile(r"^\s*(?:(?P<before>\d{1,3})\s+)?(?P<words>\D*?)\s*(?P<after>\d{1,3})?\s*$")
_LEAST_HEADS = 3
_LEAST_BARE_NUMBERS = 6


def find_running_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Indexes of lines that recur through the report with a page number that grows."""
    found: dict[str, list[tuple[int, int]]] = {}
    for index, line in enumerate(lines):
        text = line.text
        if (
            not text
            or len(text) > _LONGEST
            or "\t" in text
            or not (text.strip()[-1:].isdigit() or text.strip()[:1].isdigit())
        ):
            continue
        numbered = _NUMBERED.match(text)
        if numbered is None or bool(numbered["before"]) == bool(numbered["after"]):
            continue
        words = "" if not numbered["words"].strip() else " ".join(numbered["words"].split())
        found.setdefault(words, []).append((index, int(numbered["before"] or numbered["after"])))
    return frozenset(
        index
        for words, places in found.items()
        if len({page for _, page in places}) >= (_LEAST_HEADS if words else _LEAST_BARE_NUMBERS)
        and all(one[1] <= other[1] for one, other in pairwise(places))
        for index, _ in places
    )
