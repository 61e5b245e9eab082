"""The bad input campaign, as one command:

    python -m tests.campaigns.bad_input [--short] [--mutants N] [--jobs N] [--write].

Each mutant is one seed file of the project, spoilt in one way. It must be refused by the gate with a message that names
the file; or by dbt's tests; or be harmless, that is every published row is the same; or, where it is another value that
could as well be printed, be told by the value diff of the release. A published figure that changes without a word is a
failure, as is a file that the gate reads otherwise than dbt loads it.

--short spoils the small project of the tests; else a clone of the committed state is built first.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import duckdb

from pdu_inspections.errors import Problem
from pdu_inspections.gate.contract import REPORTS, SeedTable, read_contract
from pdu_inspections.gate.frames import ROW_COUNTS, TableFrame, find_character_problems, read_table
from pdu_inspections.gate.suites import build_rules
from pdu_inspections.gate.validation import Suite, run_suites
from tests.campaigns.bad_input.mutants import Mutant, mutant
from tests.campaigns.bad_input.replay import DATABASE, Replay
from tests.support import toy

ROOT = Path(__file__).parents[3]
_ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
RESULTS = ROOT / "docs" / "campaigns" / "bad_input.md"
SEED = 20221121

GATE = "refused by the gate"
DBT = "refused by dbt's tests"
HARMLESS = "harmless: every published row the same"
TOLD = "another value: told in the value diff"
SILENT = "changed in silence"
UNEXPLAINED = "refused without naming the file"
MISREAD = "read otherwise by dbt"
OUTCOMES = (GATE, DBT, HARMLESS, TOLD, SILENT, UNEXPLAINED, MISREAD)
FAILURES = (SILENT, UNEXPLAINED, MISREAD)


@dataclass
class Campaign:
    """A built project and what its seeds are when nobody has spoilt them."""

    project: Path
    tables: Sequence[SeedTable]
    frames: dict[str, TableFrame] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for table in self.tables:
            rows, problems = read_table(self.path(table), table, self.project / "seeds")
            assert rows is not None and not problems, problems
            self.frames[table.name] = rows
        self.replay = Replay(self.project, self.tables)
        for table in self.tables:
            assert self._loads_alike(table, self.frames[table.name], self.path(table)), table.name
        self.good = self.replay.run({})
        assert self.good.refusal is None, self.good.refusal

    def path(self, table: SeedTable) -> Path:
        """The CSV of a table."""
        return self.project / "seeds" / table.folder / f"{table.name}.csv"

    def judge(self, table: SeedTable, spoilt: bytes) -> tuple[str, str]:
        """What becomes of a spoilt file, and the words of whoever refused it."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            path = folder / f"{table.name}.csv"
            path.write_bytes(spoilt)
            rows, problems = read_table(path, table, folder)
            if rows is not None and not problems:
                problems = self._find_problems(rows)
            if problems:
                is_explained = all(problem.file and problem.message for problem in problems)
                named = any(table.path == problem.file or table.name in str(problem) for problem in problems)
                return (GATE if is_explained and named else UNEXPLAINED), str(problems[0])
            assert rows is not None
            if not self._loads_alike(table, rows, path):
                return MISREAD, ""
            return self._follow(table, path)

    def _find_problems(self, rows: TableFrame) -> list[Problem]:
        """What the gate finds in the table, and in every table that refers to it or counts its rows."""
        after = {**self.frames, rows.table.name: rows}
        affected = [table for table in self.tables if table.name == rows.table.name or _refers(table, rows.table)]
        suites = [Suite(after[table.name], build_rules(after[table.name], after)) for table in affected]
        return [*find_character_problems(rows), *run_suites(suites, None)]

    def _loads_alike(self, table: SeedTable, rows: TableFrame, path: Path) -> bool:
        """Whether dbt's way of loading finds the very values that the gate checked."""
        with duckdb.connect() as connection:
            connection.execute(f"attach ':memory:' as {DATABASE}")
            connection.execute(f"use {DATABASE}")
            self.replay.load(connection, {table.name: path})
            loaded = connection.execute(f"from raw.{table.name}").fetchall()
        checked = [tuple(value or "" for value in row) for row in rows.frame.itertuples(index=False)]
        return sorted(tuple(value or "" for value in row) for row in loaded) == sorted(checked)

    def _follow(self, table: SeedTable, path: Path) -> tuple[str, str]:
        outcome = self.replay.run({table.name: path}, self.project / "warehouse/current/pdu_inspections.duckdb")
        if outcome.refusal is not None:
            return DBT, outcome.refusal
        before = {mart.name: mart.content_hash for mart in self.good.marts}
        after = {mart.name: mart.content_hash for mart in outcome.marts}
        differing = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        if not differing:
            return HARMLESS, ""
        in_diff = {diff.table_name for diff in outcome.diffs if diff.added_n or diff.removed_n or diff.changed_n}
        return (TOLD if differing <= in_diff else SILENT), ", ".join(str(diff) for diff in outcome.diffs)


def _refers(table: SeedTable, other: SeedTable) -> bool:
    """Whether a table takes values from another one, counts its rows, or has its own rows counted there."""
    referred = {column.references[0] for column in table.columns if column.references is not None}
    is_counted = ROW_COUNTS in (table.name, other.name) and REPORTS in (table.folder, other.folder)
    return other.name in referred or other.name == table.key_references or is_counted


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns.bad_input")
    parser.add_argument("--short", action="store_true", help="150 mutants of the small project of the tests")
    parser.add_argument("--mutants", type=int, help="how many")
    parser.add_argument("--jobs", type=int, default=1, help="how many are judged at the same time")
    parser.add_argument("--write", action="store_true", help=f"keep the table in {RESULTS.name}")
    arguments = parser.parse_args()
    times = arguments.mutants or (150 if arguments.short else 2400)
    with tempfile.TemporaryDirectory() as name:
        project, tables = small_project(Path(name)) if arguments.short else real_project(Path(name))
        counts, notes = run(Campaign(project, tables), times, arguments.jobs)
    text = table_of(counts) + "\n" + "\n".join(notes) + "\n"
    print(text)
    if arguments.write:
        made_by = f"`python -m tests.campaigns.bad_input`, {times} mutants, DuckDB {duckdb.__version__}."
        heading = f"# Bad input campaign\n\n{made_by}"
        RESULTS.write_text(f"{heading}\n\n{text}", encoding="utf-8")
    return 1 if any(counts[kind][outcome] for kind in counts for outcome in FAILURES) else 0


def run(campaign: Campaign, times: int, jobs: int) -> tuple[dict[str, Counter[str]], list[str]]:
    """Spoil and judge; counts by kind of mutant and outcome, and examples."""
    rng = random.Random(SEED)
    mutants: list[tuple[SeedTable, Mutant]] = []
    for number in range(times):
        table = campaign.tables[number % len(campaign.tables)]
        mutants.append((table, mutant(campaign.path(table).read_bytes(), rng)))
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    examples: dict[str, str] = {}
    outcomes = zip(mutants, judged(campaign, mutants, jobs), strict=True)
    for number, ((table, spoilt), (outcome, words)) in enumerate(outcomes):
        counts[spoilt.kind][outcome] += 1
        line = f"- {outcome}: {table.name}, {spoilt.kind}, {spoilt.way}: {words.splitlines()[0] if words else ''}"
        if outcome in FAILURES:
            examples[f"{number}"] = line
        elif outcome in {DBT, TOLD}:
            examples.setdefault(f"{outcome}{spoilt.way}", line)
    return dict(counts), list(examples.values())


def judged(campaign: Campaign, mutants: list[tuple[SeedTable, Mutant]], jobs: int) -> Iterator[tuple[str, str]]:
    """What becomes of each mutant, in their order."""
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as pool:
        yield from pool.map(partial(_judged, campaign), mutants, chunksize=20)


def _judged(campaign: Campaign, one: tuple[SeedTable, Mutant]) -> tuple[str, str]:
    table, spoilt = one
    if spoilt.content == campaign.path(table).read_bytes():
        return HARMLESS, ""
    return campaign.judge(table, spoilt.content)


def table_of(counts: dict[str, Counter[str]]) -> str:
    """Counts as a table."""
    lines = [f"| kind | mutants | {' | '.join(OUTCOMES)} |", f"|{'---|' * (len(OUTCOMES) + 2)}"]
    for kind, outcomes in [*sorted(counts.items()), ("all", sum(counts.values(), Counter()))]:
        lines.append(f"| {kind} | {outcomes.total()} | {' | '.join(str(outcomes[name]) for name in OUTCOMES)} |")
    return "\n".join(lines) + "\n"


def small_project(directory: Path) -> tuple[Path, Sequence[SeedTable]]:
    """The toy project of the tests, built."""
    project = toy.write_project(directory / "toy")
    command = [sys.executable, toy.__file__, "build"]
    subprocess.run(command, cwd=project, check=True, stdout=subprocess.DEVNULL, env=_ENVIRONMENT)
    return project, tuple(read_contract(project / "seeds").values())


def real_project(directory: Path) -> tuple[Path, Sequence[SeedTable]]:
    """A clone of the committed state, built."""
    project = directory / "project"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(project)], check=True)
    subprocess.run([sys.executable, "-m", "pdu_inspections", "build"], cwd=project, check=True, env=_ENVIRONMENT)
    return project, tuple(read_contract(project / "seeds").values())


if __name__ == "__main__":
    sys.exit(main())
