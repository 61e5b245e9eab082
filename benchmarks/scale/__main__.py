"""Build time, memory and queries from five inspections to a million, the project beside its alternatives in one run.

    .venv/bin/python -m benchmarks.scale [SIZE ...] [--engines NAME ...] [--scratch DIRECTORY] [--keep]

Sizes default to 5 1000 10000 100000 1000000. What was measured is kept in SCRATCH/measured.json, and with --keep report
tables and databases too, so that a run can be continued; the table and the plot go to benchmarks/results/scale.md and
scale.svg. The answers of pandas are compared with the marts, and the benchmark ends where they differ. A rival that
fails, as for want of memory, is kept as one that did not end; whatever else fails ends the benchmark. Engines:

    project   dbt build of everything, data tests included
    floor     the same compiled SQL through the DuckDB client alone
    core      the project's SQL of the core facts alone (benchmarks/scale/core.py), which the rest are held against
    pandas    the core facts in pandas          (needs .venv/clients, which make scale-benchmark makes)
    sqlmesh   the core facts under SQLMesh      (needs .venv/rival-sqlmesh, likewise)
    spark     the core facts on Spark, local[2] (needs the packages of requirements/engines.lock and Java 17)
    queries   twenty questions of analysts
    add       pdu add of one inspection to the project's database, where it has 19 neighbours, and of those before it
    empty     a warm build of the shipped reports against an empty dbt project of as many nodes, by turns
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.scale import empty_project, rival_sqlmesh
from benchmarks.scale.core import CORE
from benchmarks.scale.measure import CommandFailed, Measured, run
from benchmarks.scale.report import write_report
from tests.support.generator.write import Corpus, write

ROOT = Path(__file__).parents[2]
SIZES = [5, 1_000, 10_000, 100_000, 1_000_000]
DATABASE = "pdu_inspections.duckdb"
PYTHON = sys.executable
DBT = str(Path(PYTHON).with_name("dbt"))
ROUNDS = 3
BLOCK = 20
RIVAL_GIB = 16  # the memory of a rival; Spark's is in profiles.yml


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--engines", nargs="*", choices=list(ENGINES), default=list(ENGINES))
    parser.add_argument("--scratch", type=Path, default=ROOT / "warehouse" / "scale")
    parser.add_argument("--keep", action="store_true", help="leave report tables and databases for other engines")
    given = parser.parse_args()
    scratch = given.scratch.absolute()
    scratch.mkdir(parents=True, exist_ok=True)
    kept = scratch / "measured.json"
    results: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    for size in given.sizes:
        bench = Bench(size, scratch)
        for engine in given.engines:
            if engine == "empty" and size != SIZES[0]:
                continue
            bench.prepare()
            load = os.getloadavg()[0]
            measured = measured_by(engine, bench)
            if measured is not None:
                results.setdefault(str(size), {})[engine] = measured | {"load": round(load, 1)}
                kept.write_text(json.dumps(results, indent=1), encoding="utf-8")
                print(f"{size:>9,} {engine:8} {measured}", flush=True)
        if not given.keep:
            bench.clear()
    write_report(results, ROOT / "benchmarks" / "results")


class Bench:
    """One size: its report tables, and where each engine builds."""

    def __init__(self, size: int, scratch: Path) -> None:
        self.size = size
        self.directory = scratch / str(size)
        self.tables = self.directory / "tables"
        self.database = self.directory / "project" / DATABASE
        self.core_database = self.directory / "core" / DATABASE
        self.manifest = self.directory / "compiled" / "manifest.json"
        self.environment = {
            **os.environ,
            "PDU_TEMP_DIRECTORY": str(self.directory / "spill"),
            "PDU_DATABASE_PATH": str(self.database),
            "PDU_SPARK_DIRECTORY": str(self.directory / "spark"),
            "DO_NOT_TRACK": "1",
        }

    def prepare(self) -> None:
        """Report tables; what they break is accounted for in them, so that no test fails."""
        if not self.tables.exists():
            partly = self.tables.with_name("partly")
            shutil.rmtree(partly, ignore_errors=True)
            # A process of its own: what it takes of memory would count as that of whatever is started after it.
            run(
                [PYTHON, "-m", "tests.support.generator", str(partly), "--inspections", str(self.size)],
                self.environment,
                ROOT,
            )
            partly.rename(self.tables)

    def compiled(self) -> Path:
        """dbt's manifest with the SQL compiled for these tables."""
        if not self.manifest.exists():
            self.dbt("compile", self.manifest.parent)
        return self.manifest

    def dbt(self, command: str, target: Path, *arguments: str, target_name: str = "dev") -> Measured:
        """A dbt command over the tables."""
        self.database.parent.mkdir(parents=True, exist_ok=True)
        return run(
            [
                DBT, "--quiet", command, "--project-dir", str(ROOT), "--profiles-dir", str(Path(__file__).parent),
                "--target", target_name, "--target-path", str(target), "--log-path", str(target / "logs"),
                "--vars", json.dumps({"report_tables": str(self.tables)}), *arguments,
            ],
            self.environment,
            ROOT,
        )  # fmt: skip

    def module(
        self, name: str, *arguments: str | Path, python: str = PYTHON, memory_gib: float | None = None
    ) -> Measured:
        """A module of this benchmark in a process of its own."""
        command = [python, "-m", f"benchmarks.scale.{name}", *map(str, arguments)]
        return run(command, self.environment, ROOT, memory_gib)

    @contextmanager
    def workspace(self, name: str) -> Iterator[Path]:
        """An empty directory, gone afterwards."""
        directory = self.directory / name
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir()
        try:
            yield directory
        finally:
            shutil.rmtree(directory)

    def clear(self) -> None:
        """Make room: everything can be made again."""
        shutil.rmtree(self.directory, ignore_errors=True)


class DidNotEndError(Exception):
    """A rival failed; says why."""


@contextmanager
def may_fail() -> Iterator[None]:
    """Around what a rival runs: that it fails is a result."""
    try:
        yield
    except CommandFailed as failure:
        raise DidNotEndError(failure.reason) from failure


def measured_by(engine: str, bench: Bench) -> dict[str, Any] | None:
    """What an engine took, or why it did not end; none where it is not there."""
    try:
        return ENGINES[engine](bench)
    except DidNotEndError as failure:
        return {"did_not_end": str(failure)}


def project(bench: Bench) -> dict[str, Any]:
    bench.database.unlink(missing_ok=True)
    measured = bench.dbt("build", bench.directory / "target", "--exclude-resource-type", "unit_test")
    return measured.as_dict() | {"database_bytes": bench.database.stat().st_size}


def floor(bench: Bench) -> dict[str, Any]:
    with bench.workspace("floor") as directory:
        return _floor(bench, directory / DATABASE)


def core(bench: Bench) -> dict[str, Any]:
    """Its database stays, for rivals to be compared with."""
    bench.core_database.parent.mkdir(exist_ok=True)
    return _floor(bench, bench.core_database, "--core")


def _floor(bench: Bench, database: Path, *arguments: str) -> dict[str, Any]:
    measured = bench.module("floor", bench.compiled(), database, "--project", ROOT, *arguments)
    return measured.as_dict() | json.loads(measured.output)


def pandas(bench: Bench) -> dict[str, Any] | None:
    python = ROOT / ".venv" / "clients" / "bin" / "python"
    if not python.exists():
        return None
    if not bench.core_database.exists():
        core(bench)
    with bench.workspace("pandas") as output:
        inputs = (bench.tables, ROOT / "seeds" / "reference")
        with may_fail():
            measured = bench.module("pandas_core", *inputs, output, python=str(python), memory_gib=RIVAL_GIB)
        bench.module("same_answers", bench.compiled(), bench.core_database, output)
    return measured.as_dict()


def sqlmesh(bench: Bench) -> dict[str, Any] | None:
    command = ROOT / ".venv" / "rival-sqlmesh" / "bin" / "sqlmesh"
    if not command.exists():
        return None
    limit = {"SQLMESH__GATEWAYS__LOCAL__CONNECTION__CONNECTOR_CONFIG__MEMORY_LIMIT": f"{RIVAL_GIB}GiB"}
    with bench.workspace("sqlmesh") as directory:
        rival_sqlmesh.write(bench.compiled(), directory)
        plan = [str(command), "-p", str(directory), "plan", "--auto-apply", "--no-prompts"]
        with may_fail():
            measured = run(plan, bench.environment | limit, directory)
    return measured.as_dict()


def spark(bench: Bench) -> dict[str, Any] | None:
    try:
        import pyspark  # noqa: F401
    except ImportError:
        return None
    selected = ["--select", *(f"+{mart}" for mart in CORE)]
    target = bench.directory / "spark_target"
    with bench.workspace("spark"), may_fail():
        bench.dbt("seed", target, target_name="spark")
        measured = bench.dbt("run", target, *selected, target_name="spark")
    return measured.as_dict()


def queries(bench: Bench) -> dict[str, Any] | None:
    if not bench.database.exists():
        return None
    measured = bench.module("queries", bench.database)
    return measured.as_dict() | json.loads(measured.output)


def add(bench: Bench) -> dict[str, Any] | None:
    """The twentieth of a block, by the SQL kept from the addition of the 19 before it, which starts dbt.

    The report tables are then as they were.
    """
    if not bench.database.exists():
        return None
    command = [PYTHON, "-m", "pdu_inspections", "add", "--corpus", str(bench.tables), "--database", str(bench.database)]
    first = -(-bench.size // BLOCK) * BLOCK
    before = set(bench.tables.rglob("*.parquet"))
    write(bench.tables, Corpus(first, BLOCK - 1))
    with_dbt = run(command, bench.environment, ROOT)
    write(bench.tables, Corpus(first + BLOCK - 1, 1))
    measured = run(command, bench.environment, ROOT)
    for path in set(bench.tables.rglob("*.parquet")) - before:
        path.unlink()
    return measured.as_dict() | {"with_dbt": with_dbt.as_dict()}


def empty(bench: Bench) -> dict[str, Any]:
    """Medians of builds by turns, after one of each to warm up; as scheduled, without unit tests, and with them."""
    shipped, nothing = bench.directory / "shipped", bench.directory / "empty"
    shutil.rmtree(nothing, ignore_errors=True)
    environment = bench.environment | {"PDU_DATABASE_PATH": str(shipped / DATABASE)}
    shipped.mkdir(exist_ok=True)
    common = ["--quiet", "build", "--profiles-dir"]
    build = [DBT, *common, str(ROOT / "profiles"), "--target-path", str(shipped / "target")]
    build += ["--log-path", str(shipped / "logs")]
    run(build, environment, ROOT)
    counts = empty_project.write(shipped / "target" / "manifest.json", nothing)
    sides = {"shipped": (build, ROOT), "empty": ([DBT, *common, str(nothing)], nothing)}
    return {
        "scheduled": _by_turns(sides, ["--exclude-resource-type", "unit_test"], environment),
        "with_unit_tests": _by_turns(sides, [], environment),
        "nodes": dict(counts),
    }


def _by_turns(
    sides: dict[str, tuple[list[str], Path]], options: list[str], environment: dict[str, str]
) -> dict[str, float]:
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    for turn in range(ROUNDS + 1):
        for name, (command, directory) in sides.items():
            measured = run([*command, *options], environment, directory)
            if turn:
                seconds[name].append(measured.busy)
    middle = {f"{name}_busy_s": sorted(values)[ROUNDS // 2] for name, values in seconds.items()}
    return middle | {"ratio": round(middle["shipped_busy_s"] / middle["empty_busy_s"], 2)}


ENGINES: dict[str, Callable[[Bench], dict[str, Any] | None]] = {
    "project": project,
    "floor": floor,
    "core": core,
    "pandas": pandas,
    "sqlmesh": sqlmesh,
    "spark": spark,
    "queries": queries,
    "add": add,
    "empty": empty,
}


if __name__ == "__main__":
    main()
