"""Time to read the reports against the time dbt takes to parse the project, turn by turn.

    .venv/bin/python benchmarks/reading.py REPORT...

Both are commands of their own, start-up included; the medians and their ratio are printed.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROUNDS = 5


def main(reports: list[str]) -> None:
    commands = {
        "pdu read --dry-run": [sys.executable, "-m", "pdu_inspections", "read", "--dry-run", *reports],
        "dbt parse": [
            str(Path(sys.executable).with_name("dbt")), "--quiet", "--no-partial-parse", "parse",
            "--profiles-dir", "profiles",
        ],
    }  # fmt: skip
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            began = time.perf_counter()
            subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
            seconds[name].append(time.perf_counter() - began)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    for name, median in medians.items():
        print(f"{name:20} {median:6.2f} s")
    print(f"ratio {medians['pdu read --dry-run'] / medians['dbt parse']:.2f}")


if __name__ == "__main__":
    main([str(Path(report).resolve()) for report in sys.argv[1:]])
