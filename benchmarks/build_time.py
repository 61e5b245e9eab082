"""Time of a warm `pdu build` against a bare `dbt build` of the same project, turn by turn.

    .venv/bin/python benchmarks/build_time.py [ROUNDS]

Both run on a clone of the committed state in a temporary directory, once to warm up, then by turns; the medians and
their ratio are printed. The bare build makes no release: it is the least a build can cost. Neither runs unit tests, as
`pdu build` does not where its code and versions are those of the current release.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYTHON = sys.executable
DBT = str(Path(PYTHON).with_name("dbt"))
WITHOUT_UNIT_TESTS = ("--exclude-resource-type", "unit_test")


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as directory:
        clone = Path(directory) / "project"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        commands = {
            "dbt build": [DBT, "--quiet", "build", *WITHOUT_UNIT_TESTS, "--profiles-dir", "profiles"],
            "pdu build": [PYTHON, "-m", "pdu_inspections", "build"],
        }
        wall: dict[str, list[float]] = {name: [] for name in commands}
        processor: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(rounds + 1):
            for name, command in commands.items():
                seconds, busy = timed(command, clone)
                if turn:
                    wall[name].append(seconds)
                    processor[name].append(busy)
    print(f"{'':10} {'wall s':>8} {'CPU s':>8}   median of {rounds}, load {os.getloadavg()[0]:.1f}")
    for name in commands:
        print(f"{name:10} {statistics.median(wall[name]):8.2f} {statistics.median(processor[name]):8.2f}")
    bare, full = (statistics.median(wall[name]) for name in commands)
    print(f"{'ratio':10} {full / bare:8.2f}")


def timed(command: list[str], directory: Path) -> tuple[float, float]:
    """Wall and processor seconds of a command that must succeed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=directory,
        env={**os.environ, "PYTHONPATH": str(directory)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
