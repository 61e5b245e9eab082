"""Write synthetic inspections as Parquet, one folder per table, and what they break beside them.

    .venv/bin/python -m tests.support.generator DIRECTORY --inspections 1000 [--first 0] [--seed 1] [--breaches 0.01]

DIRECTORY is what the variable report_tables takes; DIRECTORY/planted lists every breach: rule, inspection, citations.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.support.generator.write import Corpus, write


def main() -> None:
    parser = argparse.ArgumentParser(description="Write synthetic inspections as Parquet.")
    parser.add_argument("directory", type=Path)
    parser.add_argument("--inspections", type=int, required=True, help="how many")
    parser.add_argument("--first", type=int, default=0, help="number of the first: more of a corpus already written")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--breaches", type=float, default=0.01, help="share of inspections that break a rule, per rule")
    given = parser.parse_args()
    if given.inspections < 1 or given.first < 0 or not 0 <= given.breaches <= 1:
        sys.exit("--inspections is at least 1, --first at least 0, --breaches from 0 to 1")
    began = time.monotonic()
    written = write(given.directory, Corpus(given.first, given.inspections, given.seed, given.breaches))
    print(f"{given.inspections:,} inspections, {written:,} rows in {time.monotonic() - began:.1f} s: {given.directory}")


if __name__ == "__main__":
    main()
