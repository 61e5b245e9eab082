"""Build time and memory by number of inspections, the project beside its alternatives in one run.

    .venv/bin/python -m benchmarks.scale [SIZE ...] [--engines NAME ...] [--scratch DIRECTORY] [--keep]

Results are kept in SCRATCH/measured.json, so that a run can be continued, and the page is written to
benchmarks/results/scale.md. The answers of pandas are compared with the marts. Engines:

    project   dbt build of everything, data tests included
    floor     the same compiled SQL through the DuckDB client alone
    core      the project's SQL of the core facts alone (benchmarks/scale/core.py), to which the rest are compared
    pandas    the core facts in pandas          (needs .venv/clients, which make scale-benchmark makes)
    spark     the core facts on Spark, local[2] (needs .venv/engines, which make scale-benchmark makes, and Java 17)
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.measure import Cost, measure
from benchmarks.scale.core import CORE
from benchmarks.scale.report import page

ROOT = Path(__file__).parents[2]
SIZES = [6, 1_002, 10_002, 100_002]
DATABASE = "pdu_inspections.duckdb"
DBT = str(Path(sys.executable).with_name("dbt"))
PANDAS = ROOT / ".venv" / "clients" / "bin" / "python"
SPARK = ROOT / ".venv" / "engines" / "bin" / "dbt"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--engines", nargs="*", choices=list(ENGINES), default=list(ENGINES))
    parser.add_argument("--scratch", type=Path, default=ROOT / "warehouse" / "scale")
    parser.add_argument("--keep", action="store_true", help="leave report tables and databases in SCRATCH")
    given = parser.parse_args()
    scratch = given.scratch.absolute()
    scratch.mkdir(parents=True, exist_ok=True)
    measured = scratch / "measured.json"
    results: dict[str, Any] = json.loads(measured.read_text(encoding="utf-8")) if measured.exists() else {}
    for size in given.sizes:
        corpus = Corpus(size, scratch / str(size))
        for engine in given.engines:
            load = os.getloadavg()[0]
            cost = ENGINES[engine](corpus)
            if cost is None:
                print(f"{size:>9,} {engine:8} skipped: not installed", flush=True)
                continue
            row = asdict(cost) | {"load": round(load, 1)}
            if engine == "project":
                row["database_bytes"] = corpus.database("project").stat().st_size
            results.setdefault(str(size), {})[engine] = row
            measured.write_text(json.dumps(results, indent=1), encoding="utf-8")
            print(f"{size:>9,} {engine:8} {row}", flush=True)
        if not given.keep:
            shutil.rmtree(corpus.directory)
    (ROOT / "benchmarks" / "results" / "scale.md").write_text("\n".join(page(results)) + "\n", encoding="utf-8")


class Corpus:
    """Report tables of so many inspections, and where each engine builds."""

    def __init__(self, size: int, directory: Path) -> None:
        self.directory = directory
        self.tables = directory / "tables"
        if not self.tables.exists():
            # A process of its own: its memory would count as that of whatever is started after it.
            partial = directory / "partial"
            shutil.rmtree(partial, ignore_errors=True)
            _python("tests.support.copies", partial, size)
            partial.rename(self.tables)

    def database(self, engine: str) -> Path:
        """The database of an engine; its name is the same everywhere, since compiled SQL holds it."""
        (self.directory / engine).mkdir(exist_ok=True)
        return self.directory / engine / DATABASE

    def manifest(self) -> Path:
        """dbt's manifest with the SQL compiled over these tables."""
        path = self.directory / "compiled" / "manifest.json"
        if not path.exists():
            self.dbt("compile", "compiled")
        return path

    def dbt(self, command: str, name: str, *arguments: str, target: str = "dev") -> Cost:
        """A dbt command over the tables, with a target directory and database of this name."""
        environment = {
            "PDU_DATABASE_PATH": str(self.database(name)),
            "PDU_TEMP_DIRECTORY": str(self.directory / "spill"),
            "PDU_SPARK_DIRECTORY": str(self.directory / "spark"),
            "DO_NOT_TRACK": "1",
        }
        directory = self.directory / name
        options = [
            "--project-dir", str(ROOT), "--profiles-dir", str(Path(__file__).parent), "--target", target,
            "--target-path", str(directory), "--log-path", str(directory),
            "--vars", json.dumps({"report_tables": str(self.tables)}),
        ]  # fmt: skip
        dbt = str(SPARK) if target == "spark" else DBT
        return measure([dbt, "--quiet", command, *options, *arguments], ROOT, environment)


def _python(module: str, *arguments: object, python: Path = Path(sys.executable)) -> Cost:
    return measure([str(python), "-m", module, *map(str, arguments)], ROOT)


def project(corpus: Corpus) -> Cost:
    corpus.database("project").unlink(missing_ok=True)
    return corpus.dbt("build", "project", "--exclude-resource-type", "unit_test")


def floor(corpus: Corpus) -> Cost:
    return _python("benchmarks.scale.floor", corpus.manifest(), corpus.database("floor"))


def core(corpus: Corpus) -> Cost:
    return _python("benchmarks.scale.floor", corpus.manifest(), corpus.database("core"), "--core")


def pandas(corpus: Corpus) -> Cost | None:
    if not PANDAS.exists():
        return None
    if not corpus.database("core").exists():
        core(corpus)
    output = corpus.directory / "pandas"
    cost = _python("benchmarks.scale.pandas_core", corpus.tables, ROOT / "seeds" / "reference", output, python=PANDAS)
    _python("benchmarks.scale.same_answers", corpus.database("core"), output)
    return cost


def spark(corpus: Corpus) -> Cost | None:
    if not SPARK.exists():
        return None
    corpus.dbt("seed", "spark", target="spark")
    return corpus.dbt("run", "spark", "--select", *(f"+{mart}" for mart in CORE), target="spark")


ENGINES: dict[str, Callable[[Corpus], Cost | None]] = {
    "project": project,
    "floor": floor,
    "core": core,
    "pandas": pandas,
    "spark": spark,
}


if __name__ == "__main__":
    main()
