"""What the campaigns of single cases share: cases that keep a promise or break it, run in parallel, and their page."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "campaigns"
PDU = (sys.executable, "-m", "pdu_inspections")
TOY = ROOT / "tests" / "support" / "toy.py"
T = TypeVar("T")
LONGEST_S = 120.0
MOST_OUTPUT = 1 << 20


@dataclass(frozen=True)
class Case:
    """Something that is tried; try_it gives a sentence for the promise that broke, and nothing where all were kept."""

    kind: str
    name: str
    try_it: Callable[[], str | None]


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code (None where it had to be stopped), and everything it wrote."""

    exit_code: int | None
    output: str

    def broken_promise(self, *allowed: int) -> str | None:
        """A sentence where it hung, ended otherwise than allowed, or showed a traceback."""
        if self.exit_code is None:
            return f"did not end within {LONGEST_S:.0f} seconds"
        if self.exit_code not in allowed:
            return f"exit code {self.exit_code}: {self.last_line}"
        return f"traceback: {self.last_line}" if "Traceback (most recent call last)" in self.output else None

    @property
    def last_line(self) -> str:
        """The last line it wrote."""
        lines = [line for line in self.output.splitlines() if line.strip()]
        return ascii(lines[-1][-200:])[1:-1] if lines else "(nothing written)"


def run_command(
    command: Sequence[str | Path], directory: Path, environment: Mapping[str, str] | None = None, **options: object
) -> Ended:
    """Run a command without input; it is killed with all it started where it does not end in time."""
    # A file and no pipe: what the command leaves behind may hold its output open.
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=directory,
            env={**os.environ, "PYTHONPATH": str(ROOT)} if environment is None else dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            **options,  # type: ignore[call-overload]
        )
        exit_code: int | None = None
        with suppress(subprocess.TimeoutExpired):
            exit_code = process.wait(LONGEST_S)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        output.seek(0)
        return Ended(exit_code, output.read(MOST_OUTPUT).decode("utf-8", "replace"))


def toy_command(*arguments: str | Path) -> list[str | Path]:
    """`pdu` on the toy project."""
    return [sys.executable, TOY, *arguments]


def toy_environment(**variables: str) -> dict[str, str]:
    """The environment of `pdu` on the toy project, with the stand-in for dbt."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "TOY_DBT": "stub", **variables}


def run_cases(cases: Sequence[Case], jobs: int = 2) -> list[tuple[Case, str | None]]:
    """Try every case; a fault of the trying counts as a broken promise too."""

    def outcome(case: Case) -> tuple[Case, str | None]:
        try:
            return case, case.try_it()
        except Exception as error:
            return case, f"{type(error).__name__}: {error}"

    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(outcome, cases))


def write_page(name: str, head: str, outcomes: Sequence[tuple[Case, str | None]], known_n: int) -> int:
    """Write docs/campaigns/<name>.md: trials and broken promises by kind, and each broken one; how many there are."""
    trials, broken = Counter(case.kind for case, _ in outcomes), Counter(case.kind for case, why in outcomes if why)
    shown = [f"Tried here: {trials.total()} of the {known_n} trials, spread evenly.", ""] * (trials.total() < known_n)
    lines = [head.strip(), "", *shown, "| kind | trials | promises broken |", "|---|---:|---:|"]
    lines += [f"| {kind} | {number} | {broken[kind]} |" for kind, number in trials.items()]
    lines += [f"| all | {trials.total()} | {broken.total()} |", ""]
    lines += [f"- {case.kind}, {case.name}: {why}" for case, why in outcomes if why]
    (PAGES / f"{name}.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
    return broken.total()


def spread(cases: Sequence[T], number: int) -> list[T]:
    """So many of them, spread evenly."""
    return [cases[len(cases) * at // number] for at in range(number)] if number < len(cases) else list(cases)
