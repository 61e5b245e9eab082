"""Reads reports with other figures and names in them, printed in other styles, and compares with what was put in."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pdu_inspections.errors import InputError
from pdu_inspections.reader.formats.text_form import lines_of_text
from pdu_inspections.reader.vocabulary import Vocabulary
from tests.campaigns.reader.damage import read
from tests.campaigns.reader.score import Score, score
from tests.campaigns.reader.truth import own_inspection, seed_rows, with_other_figures
from tests.support.print_styles import AMBIGUOUS, PRINT_STYLES, other_names

MIXES = "several styles at once"


@dataclass(frozen=True)
class Base:
    """A report to vary: its text, and what stands where in it."""

    name: str
    text: str
    rows: dict[str, list[dict[str, str]]]
    own: str


def bases(directory: Path, project: Path) -> list[Base]:
    """The reports of a directory whose rows are in the seeds."""
    found = []
    for path in sorted(directory.glob("*.txt")):
        rows = seed_rows(project, path.stem)
        if any(rows.values()):
            found.append(Base(path.stem, path.read_text("utf-8"), rows, own_inspection(project, path.stem)))
    return found


def measure(reports: Sequence[Base], vocabulary: Vocabulary, mixes: int) -> Iterator[tuple[str, Score]]:
    """Scores by print style, then of several at once; every reading has figures of its own."""
    yield "other figures and names only", _total(reports, vocabulary, "none", lambda chance: [], 1)
    for name in PRINT_STYLES:
        yield name, _total(reports, vocabulary, name, lambda chance, name=name: [name], 1)
    usual = [name for name in PRINT_STYLES if name not in AMBIGUOUS]
    yield MIXES, _total(reports, vocabulary, "mix", lambda chance: chance.sample(usual, chance.randint(2, 5)), mixes)


def _total(
    reports: Sequence[Base],
    vocabulary: Vocabulary,
    label: str,
    choose: Callable[[random.Random], list[str]],
    rounds: int,
) -> Score:
    total = Score()
    for report in reports:
        for number in range(rounds):
            chance = random.Random(f"{label} {report.name} {number}")
            known = with_other_figures(report.text, report.rows, report.own, chance)
            text = other_names(known.text)
            for name in choose(chance):
                text = PRINT_STYLES[name](text, chance)
            try:
                total += score(read(lines_of_text(text.lstrip("\ufeff")), vocabulary), known.figures)
            except InputError:
                total += Score(len(known.figures), lost=list(known.figures))
    return total
