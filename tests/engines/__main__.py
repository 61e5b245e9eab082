"""The whole project built on another engine, and every mart compared with DuckDB's, row by row.

    python -m tests.engines dbt2|ducklake|postgres|spark [--write] [--may-skip]

The engine is started for it and stopped after it; its data lie in a temporary directory. --may-skip ends with exit
code 0 where the engine is not to be had. --write keeps the result in docs/campaigns/engines.md.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from tests.engines import compare, dbt2, ducklake, postgres, spark
from tests.engines.engine import DBT, Engine, UnavailableError
from tests.engines.page import write_section

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "docs" / "campaigns" / "engines.md"
ENGINES: dict[str, type[Engine]] = {
    "dbt2": dbt2.Dbt2,
    "ducklake": ducklake.DuckLake,
    "postgres": postgres.PostgreSql,
    "spark": spark.Spark,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.engines", description="Marts on two engines, compared.")
    parser.add_argument("engine", choices=ENGINES)
    parser.add_argument("--write", action="store_true", help="keep the result in docs/campaigns/engines.md")
    parser.add_argument("--may-skip", action="store_true", help="exit code 0 where the engine is not to be had")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))  # the engine is stopped then too
    with tempfile.TemporaryDirectory(prefix="pdu-") as directory:
        try:
            with ENGINES[options.engine](Path(directory)) as engine:
                return run(engine, options, Path(directory))
        except UnavailableError as reason:
            print(f"{options.engine} skipped: {reason}" if options.may_skip else reason, file=sys.stderr)
            return 0 if options.may_skip else 1


def run(engine: Engine, options: argparse.Namespace, directory: Path) -> int:
    """Build on both engines, compare, print the result."""
    database = directory / "duckdb" / "pdu_inspections.duckdb"
    database.parent.mkdir()
    kinds = ["--resource-type", "seed", "model"]
    done = dbt_build(DBT, database.parent, "dev", {"PDU_DATABASE_PATH": str(database)}, "--quiet", *kinds)
    if done.returncode != 0:
        return done.returncode
    work = directory / "dbt"
    done = dbt_build(engine.dbt, work, engine.target, engine.environment)
    counts = node_counts(built_nodes(work / "target"))
    if "model skipped" in counts or "model error" in counts:
        print(f"{engine.version}: {counts}", "Not compared: models are missing.", sep="\n")
        return 1
    marts = compare.compare(database, engine)
    table = compare.table(marts, engine.name)
    print(f"{engine.version}: {counts}", table, sep="\n")
    if options.write:
        write_section(RESULTS, engine.name, [f"{engine.version}; dbt: {counts}.", table])
    return 0 if done.returncode == 0 and all(mart.is_same for mart in marts) else 1


def dbt_build(
    dbt: Path, work: Path, target: str, environment: dict[str, str], *arguments: str
) -> subprocess.CompletedProcess[bytes]:
    """Run dbt build with its artifacts in a directory of its own."""
    return subprocess.run(
        [
            dbt, "build", "--full-refresh", "--project-dir", ROOT,
            "--profiles-dir", ROOT / "profiles", "--target", target, "--target-path", work / "target",
            "--log-path", work / "logs", *arguments,
        ],
        env={**os.environ, **environment},
        check=False,
    )  # fmt: skip


def built_nodes(target: Path) -> list[dict[str, Any]]:
    """dbt's results without ephemeral models, which dbt 2 reports as skipped and dbt 1 not at all."""
    results: list[dict[str, Any]] = json.loads((target / "run_results.json").read_text(encoding="utf-8"))["results"]
    nodes = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    return [
        result
        for result in results
        if nodes.get(result["unique_id"], {}).get("config", {}).get("materialized") != "ephemeral"
    ]


def node_counts(results: list[dict[str, Any]]) -> str:
    """What dbt built and tested, by kind and result: `54 seed success, 3 test fail`."""
    counts = Counter(f"{result['unique_id'].partition('.')[0]} {result['status']}" for result in results)
    return ", ".join(f"{n} {kind}" for kind, n in sorted(counts.items()))


if __name__ == "__main__":
    sys.exit(main())
