"""The thresholds the rules read from reference CSVs, and mutants of them.

What the domain says is stated here a second time, in other words than the CSVs: bands by their cuts, overall ratings by
the mean of the standards, hedges by what a reader would and would not accept.
"""

from __future__ import annotations

import copy
import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.campaigns.mutation.operators import Mutant

Rows = list[dict[str, str]]
Seeds = Mapping[str, Rows]

THRESHOLDS = {
    "rating_scale": ("points", "low_pct", "high_pct"),
    "score_bands": ("low_score", "high_score"),
    "hedges": ("low_offset", "high_offset"),
}

RATINGS = ("inadequate", "requires_improvement", "good", "outstanding")

# Hedge, figure it stands before, exact share: does the share bear the words out?
HEDGED = [
    ("almost", 50, 50, False),
    ("almost", 50, 49.9, True),
    ("almost", 50, 42, True),
    ("almost", 50, 41, False),
    ("less_than", 50, 50, False),
    ("less_than", 50, 49.9, True),
    ("less_than", 100, 0, True),
    ("over", 50, 50, False),
    ("over", 50, 50.1, True),
    ("over", 0, 100, True),
    ("just_over", 50, 50, False),
    ("just_over", 50, 50.1, True),
    ("just_over", 50, 58, True),
    ("just_over", 50, 59, False),
    ("at_least", 50, 50, True),
    ("at_least", 50, 49.9, False),
    ("at_least", 0, 100, True),
    ("up_to", 50, 50, True),
    ("up_to", 50, 50.1, False),
    ("up_to", 100, 0, True),
    ("about", 50, 45, True),
    ("about", 50, 44, False),
    ("about", 50, 55, True),
    ("about", 50, 56, False),
    ("only", 50, 50, True),
    ("only", 50, 49.5, False),
    ("only", 50, 50.5, False),
]


def read(project: Path) -> dict[str, Rows]:
    """The CSVs that hold thresholds."""
    seeds = {}
    for name in THRESHOLDS:
        with (project / f"seeds/reference/{name}.csv").open(encoding="utf-8", newline="") as file:
            seeds[name] = list(csv.DictReader(file))
    return seeds


def contradictions(seeds: Seeds) -> list[str]:
    """Where the CSVs contradict what the domain says."""
    return [*_of_bands(seeds["rating_scale"]), *_of_scores(seeds["score_bands"]), *_of_hedges(seeds["hedges"])]


def _of_bands(scale: Rows) -> Iterator[str]:
    for row in scale:
        if int(row["points"]) != RATINGS.index(row["rating_id"]):
            yield f"{row['rating_id']} gives {row['points']} points"
    for pct in range(101):
        found = [row["rating_id"] for row in scale if int(row["low_pct"]) <= pct <= int(row["high_pct"])]
        expected = RATINGS[(pct >= 50) + (pct >= 65) + (pct >= 80)]
        if found != [expected]:
            yield f"a key question of {pct}% is {found}, not {expected}"


def _of_scores(bands: Rows) -> Iterator[str]:
    for score_max in sorted({int(row["score_max"]) for row in bands}):
        for score in range(score_max + 1):
            found = [
                row["rating_id"]
                for row in bands
                if int(row["score_max"]) == score_max and int(row["low_score"]) <= score <= int(row["high_score"])
            ]
            mean = 3 * score / score_max
            expected = RATINGS[(mean > 0.5) + (mean > 1.5) + (mean > 2.5)]
            if found != [expected]:
                yield f"a score of {score}/{score_max} is {found}, not {expected}"


def _of_hedges(hedges: Rows) -> Iterator[str]:
    offsets = {row["hedge_id"]: (float(row["low_offset"]), float(row["high_offset"])) for row in hedges}
    for hedge, figure, exact, holds in HEDGED:
        low, high = offsets[hedge]
        if (figure + low <= exact <= figure + high) != holds:
            yield f"{hedge} {figure} {'does not cover' if holds else 'covers'} {exact}"
    for hedge in offsets.keys() - {hedge for hedge, *_ in HEDGED}:
        yield f"{hedge} has no examples"


def mutants(seeds: Seeds) -> Iterator[tuple[Mutant, Seeds]]:
    """Every threshold one up and one down, with the seeds as they would be."""
    for name, columns in THRESHOLDS.items():
        for index, row in enumerate(seeds[name]):
            for column in columns:
                for step in (1, -1):
                    changed = copy.deepcopy(dict(seeds))
                    changed[name][index][column] = f"{float(row[column]) + step:g}"
                    if column in ("points", "low_pct", "high_pct", "low_score", "high_score"):
                        changed[name][index][column] = str(int(row[column]) + step)
                    label = ", ".join(value for key, value in row.items() if key not in (*columns, "description"))
                    new = changed[name][index][column]
                    yield Mutant(f"{name}.csv", "threshold", f"{label}: {column} {row[column]}", new, 1, ""), changed
