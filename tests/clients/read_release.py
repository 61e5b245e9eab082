"""Read the current release with whatever DuckDB client runs this, and compare it with the release's record.

    PYTHON tests/clients/read_release.py

Needs nothing but the client. Fails where a mart's rows or content hash differ, a macro does not run, or a comment is
lost.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from pdu_inspections.release.marts import read_marts  # noqa: E402 - the project is not installed beside this client


def main() -> int:
    release = (ROOT / "warehouse" / "current").resolve()
    record = json.loads((release / "build.json").read_text(encoding="utf-8"))
    expected = {mart["table_name"]: (mart["rows_n"], mart["content_hash"]) for mart in record["marts"]}
    with duckdb.connect(str(release / "pdu_inspections.duckdb"), read_only=True) as connection:
        marts = read_marts(connection, "pdu_inspections")
        macro = connection.execute("select wilson_low(8, 10, 95), len(possible_counts(38, 32))").fetchone()
    found = {mart.name: (mart.rows_n, mart.content_hash) for mart in marts}
    uncommented = [
        mart.name for mart in marts if not mart.comment or not all(column.comment for column in mart.columns)
    ]
    problems = [
        f"{name} differs" for name in sorted(expected.keys() | found.keys()) if expected.get(name) != found.get(name)
    ]
    problems += [f"{name} has lost comments" for name in uncommented]
    print(f"DuckDB {duckdb.__version__}: {len(found)} marts read, macros give {macro}, {len(problems)} problems")
    for problem in problems:
        print(f"  {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
