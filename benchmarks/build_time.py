"""Time of `pdu build`, of plain `dbt build` and of an empty dbt project of as many nodes, by turns.

    .venv/bin/python -m benchmarks.build_time [ROUNDS]

All run on a clone of the committed state in a temporary directory, once to warm up, then by turns; medians and ratios
are written to benchmarks/results/build_time.md. None runs unit tests, as `pdu build` does not where its code and
versions are those of the current release. The empty project has the stock materialisations, as this one.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.empty_project import write
from benchmarks.measure import Cost, measure

ROOT = Path(__file__).parents[1]
DBT = str(Path(sys.executable).with_name("dbt"))
PLAIN_BUILD = [DBT, "--quiet", "build", "--exclude-resource-type", "unit_test"]


def main(rounds: int) -> None:
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as directory:
        clone, empty = Path(directory) / "project", Path(directory) / "empty"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        plain = [*PLAIN_BUILD, "--profiles-dir", "profiles"]
        measure(plain, clone)
        nodes = write(clone / "target" / "manifest.json", empty)
        commands = {
            "`pdu build` (gate, audit, release and site too)": (
                [sys.executable, "-m", "pdu_inspections", "build"],
                clone,
            ),
            "`dbt build` of the same project": (plain, clone),
            "`dbt build` of an empty project of as many nodes": ([*PLAIN_BUILD, "--profiles-dir", "."], empty),
        }
        costs: dict[str, list[Cost]] = {name: [] for name in commands}
        for turn in range(rounds + 1):
            for name, (command, where) in commands.items():
                cost = measure(command, where, {"PYTHONPATH": str(clone)})
                if turn:
                    costs[name].append(cost)
    text = page(costs, rounds, load, ", ".join(f"{count} {kind}s" for kind, count in nodes.items()))
    (ROOT / "benchmarks" / "results" / "build_time.md").write_text(text, encoding="utf-8")
    print(text)


def page(costs: dict[str, list[Cost]], rounds: int, load: float, nodes: str) -> str:
    """Medians of each command, and how many times the one below it takes."""
    rows = [
        (name, *(statistics.median(getattr(cost, kind) for cost in turns) for kind in ("elapsed_s", "processor_s")))
        for name, turns in costs.items()
    ]
    lines = [
        "# Build time\n",
        f"Written by `python -m benchmarks.build_time {rounds}`: medians of {rounds} rounds by turns after one to warm "
        f"up, {os.cpu_count()} cores, load {load:.1f} at the start. No unit tests. Nodes: {nodes}.\n",
        "| | s | CPU s | times the row below |",
        "|---|---:|---:|---:|",
    ]
    for (name, elapsed, processor), below in zip(rows, [*rows[1:], None], strict=True):
        ratio = f"{elapsed / below[1]:.2f}" if below else ""
        lines.append(f"| {name} | {elapsed:.1f} | {processor:.1f} | {ratio} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
