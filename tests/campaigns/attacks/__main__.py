"""The campaign of attacks, as one command: python -m tests.campaigns.attacks [KIND…] [--write].

Prints what was tried and what broke; --write keeps the table in docs/campaigns/attacks.md. Linux.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.campaigns.attacks import builds, damage, environments, growth, hooks, reading
from tests.campaigns.attacks.trial import Trial

RESULTS = Path(__file__).parents[3] / "docs" / "campaigns" / "attacks.md"

KINDS: dict[str, Callable[[], Iterator[Trial]]] = {
    "signals": builds.signals,
    "edits": builds.edits,
    "reading": reading.signals,
    "damage": damage.damage,
    "environments": environments.environments,
    "hooks": hooks.hooks,
    "growth": growth.growth,
}


def main() -> int:
    """Run the kinds that were asked for, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns.attacks")
    parser.add_argument("kinds", nargs="*", choices=[[], *KINDS], default=[])
    parser.add_argument("--write", action="store_true", help=f"keep the table in {RESULTS.name}")
    arguments = parser.parse_args()
    trials: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    notes = []
    for kind in arguments.kinds or KINDS:
        for trial in KINDS[kind]():
            trials[trial.kind] += 1
            if trial.failures:
                failed[trial.kind] += 1
                notes.append(f"- {trial.kind}: {trial.name}: {'; '.join(trial.failures)}")
                print(notes[-1], flush=True)
    lines = ["| attack | trials | trials in which a promise broke |", "|---|---|---|"]
    lines += [f"| {kind} | {count} | {failed[kind]} |" for kind, count in trials.items()]
    print("\n".join(lines))
    if arguments.write:
        setting = f"`python -m tests.campaigns.attacks` on {platform.system()}, {os.cpu_count()} cores, Python "
        text = "\n".join([f"{setting}{platform.python_version()}.", "", *lines, *(["", *notes] if notes else [])])
        RESULTS.write_text(f"# Attacks from outside\n\n{text}\n", encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
