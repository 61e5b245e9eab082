"""Growth by doubling: the time of reading, checking and building grows with the input, not with its square."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

from tests.campaigns.cases import ROOT, Case, run_command
from tests.support.reader_help import LONG, write_project

HEAD = """# Growth by doubling

Written by `python -m pytest -m campaign tests/campaigns -k growth`. Each trial reads one shape of text in four sizes,
each twice the one before. Promise: where it takes long enough to be measured, twice the text takes at most three times
the processor time.
"""
DOUBLINGS = 3
MOST_TIMES = 3.0
SHORTEST_S = 0.3
_READ = """
import sys, time
from pathlib import Path
from pdu_inspections.errors import InputError
from pdu_inspections.reader.formats import open_report
from pdu_inspections.reader.read import read_report
from pdu_inspections.reader.vocabulary import Vocabulary
vocabulary = Vocabulary(Path(sys.argv[1]))
for name in sys.argv[2:]:
    began = time.process_time()
    try:
        read_report(open_report(Path(name)), vocabulary)
    except InputError:
        pass
    print(time.process_time() - began)
"""
_REPORT = LONG.read_text(encoding="utf-8")
_START, _END = _REPORT[: len(_REPORT) // 2], _REPORT[len(_REPORT) // 2 :]

SHAPES: dict[str, tuple[int, Callable[[int], str]]] = {
    "words in one line": (20_000, lambda number: "quality of work " * number),
    "letters in one word": (100_000, lambda number: "x" * number),
    "numbers in one line": (2_000, lambda number: " ".join(map(str, range(number)))),
    "percentages in one line": (2_000, lambda number: "53% of 79 cases, " * number),
    "digits of one number": (5_000, lambda number: "9" * number + "%"),
    "wrapped lines": (3_000, lambda number: "the quality of the work to keep people safe in most of the\n" * number),
    "sentences": (1_000, lambda number: "In 53% of cases the work was good enough. " * number),
    "paragraphs": (1_000, lambda number: "In 53% of cases the work was good enough.\n\n" * number),
    "questions of a table": (1_000, lambda number: "Does assessment engage the person?\t53%\n" * number),
    "rows without labels": (2_000, lambda number: "\t53%\n" * number),
    "headings": (1_000, lambda number: "2.2. Assessment\n\nGood\n\n" * number),
    "lines of a contents list": (2_000, lambda number: "Contents\n" + "2. Findings\t12\n" * number),
    "blank lines": (20_000, lambda number: "\n" * number),
    "tabs in a line": (5_000, lambda number: "a" + "\t" * number),
    "open brackets": (5_000, lambda number: "(" * number),
    "unclosed tags": (2_000, lambda number: "<sup>" * number),
    "stars": (5_000, lambda number: "*" * number),
    "footnotes": (1_000, lambda number: "".join(f"{n} A note of the report.\n" for n in range(number))),
    "words for numbers": (1_000, lambda number: "twenty-one of " * number),
    "recommendations": (500, lambda number: "Ashmere PDU should:\n" + "1. do better\n" * number),
    "the same report again": (1, lambda number: _REPORT * number),
}  # fmt: skip


def cases(directory: Path) -> list[Case]:
    """Every shape within a report and alone."""
    project = write_project(directory / "project")
    return [
        Case(kind, name, partial(_judge, project, directory, f"{kind} {name}".replace(" ", "_"), number, text))
        for name, (number, make) in SHAPES.items()
        for kind, text in (("alone", make), ("within a report", lambda n, make=make: f"{_START}\n{make(n)}\n{_END}"))
    ]


def _judge(project: Path, directory: Path, name: str, number: int, make: Callable[[int], str]) -> str | None:
    folder = directory / name
    folder.mkdir()
    paths = []
    for doubling in range(DOUBLINGS + 1):
        path = folder / f"{doubling}.txt"
        path.write_text(make(number << doubling), encoding="utf-8")
        paths.append(path)
    ended = run_command([sys.executable, "-c", _READ, project, *paths], ROOT)
    if broken := ended.broken_promise(0):
        return broken
    seconds = [float(line) for line in ended.output.split()]
    for less, more in pairwise(seconds):
        if more > SHORTEST_S and more > MOST_TIMES * max(less, SHORTEST_S / MOST_TIMES):
            return f"twice the text takes {more / less:.1f} times the time: {[round(one, 2) for one in seconds]}"
    return None
