"""The fault campaign, as one command: python -m tests.campaigns.faults [--short] [--jobs N] [--write].

Prints a table: what was done, how often, and how often each promise broke. --short does each a few times; --jobs does
several kinds of harm at once, each to a warehouse of its own; --write keeps the table in docs/campaigns/faults.md.
Linux; the disk scenarios need the right to mount a tmpfs, and are left out without it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb

from tests.campaigns.faults import scenarios
from tests.campaigns.faults.toy_warehouse import Tally, ToyWarehouse

RESULTS = Path(__file__).parents[3] / "docs" / "campaigns" / "faults.md"

Scenario = Callable[[ToyWarehouse, int], Tally]

HEADER = "| harm | trials | reads | failed reads | mixed reads | lost releases | failed next builds |"


@dataclass(frozen=True)
class Trial:
    """One kind of harm, and how often it is done in the whole campaign and in the short one."""

    name: str
    harm: Scenario
    times: int
    short_times: int
    needs_disk: bool = False


CAMPAIGN = (
    Trial("kill -9 at every step of the publish", scenarios.killed_at_every_step, 12, 1),
    Trial("kill -9 at any moment", scenarios.killed_at_random, 160, 1),
    Trial("kill -9 at any moment, with dbt itself", scenarios.killed_with_dbt, 10, 0),
    Trial("disk full at every step", scenarios.disk_full, 60, 2, needs_disk=True),
    Trial("stale log beside the live file, then a build", scenarios.stale_log, 20, 1),
    Trial("2 builders at once", partial(scenarios.builders_at_once, 2), 12, 1),
    Trial("5 builders at once", partial(scenarios.builders_at_once, 5), 12, 0),
    Trial("reader that never closes", scenarios.reader_that_never_closes, 15, 1),
    Trial("permissions lost", scenarios.permissions_lost, 15, 1),
    Trial("clock moved 30 years and back", scenarios.clock_moved, 15, 1),
    Trial("current release corrupted, then a build", scenarios.current_corrupted, 24, 2),
    Trial("8 readers without pause", partial(scenarios.readers_without_pause, 8), 200, 2),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns.faults")
    parser.add_argument("--short", action="store_true", help="each a few times only")
    parser.add_argument("--jobs", type=int, default=1, help="kinds of harm done at the same time")
    parser.add_argument("--write", action="store_true", help=f"keep the table in {RESULTS.name}")
    arguments = parser.parse_args()
    lines = [HEADER, f"|{'---|' * 7}"]
    notes = []
    clean = True
    for trial, tally in outcomes(arguments.short, arguments.jobs):
        if tally is None:
            notes.append(f"- {trial.name}: left out, no right to mount a tmpfs")
            continue
        clean = clean and tally.is_clean
        lines.append(row(trial.name, tally))
        notes += [f"- {trial.name}: {note}" for note in tally.notes]
        print(lines[-1], flush=True)
        text = "\n".join([*lines, "", "Notes:", "", *notes]) + "\n"
        if arguments.write:
            RESULTS.write_text(f"# Fault campaign\n\n{setting()}\n\n{text}", encoding="utf-8")
    print("\n" + text)
    return 0 if clean else 1


def outcomes(short: bool, jobs: int) -> Iterator[tuple[Trial, Tally | None]]:
    """Every trial with what it found."""
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as pool:
        running = [
            (trial, pool.submit(tried, trial.harm, times, trial.needs_disk))
            for trial in CAMPAIGN
            if (times := trial.short_times if short else trial.times)
        ]
        for trial, tally in running:
            yield trial, tally.result()


def tried(harm: Scenario, times: int, needs_disk: bool) -> Tally | None:
    """Do harm to a warehouse of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        if not needs_disk:
            return harm(ToyWarehouse(Path(name) / "toy"), times)
        with scenarios.small_disk(Path(name) / "disk") as disk:
            return None if disk is None else harm(ToyWarehouse(disk / "toy"), times)


def row(name: str, tally: Tally) -> str:
    """A line of the table."""
    figures = [tally.trials, tally.reads, tally.failed_reads, tally.mixed_reads, tally.lost_releases]
    return f"| {name} | {' | '.join(str(figure) for figure in [*figures, tally.failed_next_builds])} |"


def setting() -> str:
    """What it was run with."""
    return (
        f"`python -m tests.campaigns.faults` on {platform.system()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, DuckDB {duckdb.__version__}."
    )


if __name__ == "__main__":
    sys.exit(main())
