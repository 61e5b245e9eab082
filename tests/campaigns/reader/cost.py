"""What reading costs beside a bare pass over the same file, turn by turn, and the memory it takes."""

from __future__ import annotations

import cProfile
import pstats
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pdu_inspections.reader.figures import NUMBER
from pdu_inspections.reader.formats.pdf.job import lines
from pdu_inspections.reader.formats.text_form import read_text
from pdu_inspections.reader.read import read_report
from pdu_inspections.reader.vocabulary import Vocabulary

_PASS = re.compile(NUMBER, re.IGNORECASE)
_PAGES = 500
_TOLD = 6
_READ = (
    "import sys; from pathlib import Path; from pdu_inspections.reader.read import read_report; "
    "from pdu_inspections.reader.formats import open_report; from pdu_inspections.reader.vocabulary import Vocabulary; "
    "read_report(open_report(Path(sys.argv[1])), Vocabulary(Path(sys.argv[2])))"
)


@dataclass(frozen=True)
class Cost:
    """Processor seconds of reading a file and of the bare pass, medians of several turns."""

    name: str
    reading: float
    bare: float

    @property
    def ratio(self) -> float:
        """How many times the bare pass reading costs."""
        return self.reading / self.bare


def text_cost(path: Path, vocabulary: Vocabulary, rounds: int = 7) -> Cost:
    """A text form, file to rows, beside one pass over its lines with the expression that finds numbers."""
    source = read_text(path)
    read_report(source, vocabulary)
    return _turns(
        path.stem,
        lambda: read_report(read_text(path), vocabulary),
        lambda: [found.group() for line in source.lines for found in _PASS.finditer(line.text)],
        rounds,
    )


def own_times(path: Path, vocabulary: Vocabulary) -> list[tuple[str, float]]:
    """Functions that reading a text form spends most time in itself, with their share of the whole."""
    source = read_text(path)
    profile = cProfile.Profile()
    profile.runcall(lambda: [read_report(source, vocabulary) for _ in range(5)])
    stats = pstats.Stats(profile)
    timed = sorted(((own, name) for name, (_, _, own, _, _) in stats.stats.items()), reverse=True)
    return [(_named(*name), own / stats.total_tt) for own, name in timed[:_TOLD]]


def _named(file: str, line: int, function: str) -> str:
    return f"{Path(file).name}: {function}" if line else function


def pdf_cost(path: Path, pages: int, rounds: int = 2) -> Cost:
    """A PDF, file to lines with places, beside pdfplumber's extraction of the words of its pages."""

    def ours() -> object:
        with path.open("rb") as file:
            return sum(1 for _ in lines(file, _PAGES))

    return _turns(f"{path.stem}, {pages} pages", ours, lambda: words(path), rounds)


def words(path: Path) -> int:
    """Extracts the words of a PDF as pdfplumber does; returns how many pages it has."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_words()
            page.close()
        return len(document.pages)


def peak_memory(path: Path, project: Path) -> int:
    """Most memory in MiB that a process reading a file, or the child that parses it, took at any time."""
    run = (
        "import resource, subprocess, sys; "
        f"subprocess.run([sys.executable, '-c', {_READ!r}, *sys.argv[1:]], check=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    told = subprocess.run(
        [sys.executable, "-c", run, str(path), str(project)], check=True, capture_output=True, text=True, cwd=project
    )
    return int(told.stdout) // 1024


def _turns(name: str, reading: Callable[[], object], bare: Callable[[], object], rounds: int) -> Cost:
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for turn, run in zip(seconds, (reading, bare), strict=True):
            began = time.process_time()
            run()
            turn.append(time.process_time() - began)
    return Cost(name, statistics.median(seconds[0]), statistics.median(seconds[1]))
