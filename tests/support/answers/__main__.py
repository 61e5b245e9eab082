"""Record the answers anew."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from pdu_inspections.questions import read
from tests.support.answers import FOLDER, write_answer

ROOT = Path(__file__).parents[3]


def main(database: Path) -> None:
    for path in FOLDER.glob("*.csv"):
        path.unlink()
    with duckdb.connect(str(database), read_only=True) as connection:
        for analysis in read(ROOT):
            write_answer(connection, analysis)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "warehouse" / "dev" / "pdu_inspections.duckdb")
