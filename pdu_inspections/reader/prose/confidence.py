"""How likely a proposed value is right: as often as the same evidence was, in the reports the rules were written on.

evidence.csv is written by `python -m tests.campaigns.prose --fit`: how often each evidence was seen and right.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

EVIDENCE = Path(__file__).with_name("evidence.csv")
SURE = 0.91
"""A proposal of which each value has at least this confidence is marked sure: then 97% were right in every value, each
report judged by the others."""

Counts = Mapping[tuple[str, str], tuple[int, int]]
"""How often an evidence was right and seen, by column and evidence."""


def confidence(rests_on: Mapping[str, str], counts: Counts | None = None) -> dict[str, float]:
    """Probability from 0 to 1, by column, that a value which rests on this evidence is right.

    It is the rule of succession: what was never seen is as likely wrong as right.
    """
    known = known_counts() if counts is None else counts
    found = {}
    for column, evidence in rests_on.items():
        right, seen = known.get((column, evidence), (0, 0))
        found[column] = round((right + 1) / (seen + 2), 2)
    return found


@cache
def known_counts() -> Counts:
    """The counts that come with the package."""
    with EVIDENCE.open(encoding="utf-8", newline="") as file:
        return {
            (row["column"], row["evidence"]): (int(row["right_n"]), int(row["seen_n"])) for row in csv.DictReader(file)
        }
