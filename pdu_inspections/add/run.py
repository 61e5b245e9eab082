"""An addition from beginning to end: neighbourhood, gate, dbt, merge."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import duckdb

from pdu_inspections.add import neighbourhood as around
from pdu_inspections.add.kept import KeptSql
from pdu_inspections.add.merge import merge
from pdu_inspections.add.neighbourhood import GROWING, LARGE, Neighbourhood, rows_of
from pdu_inspections.build.dbt import DbtProcess
from pdu_inspections.build.errors import BuildError
from pdu_inspections.build.lock import LockedError, build_lock
from pdu_inspections.build.progress import Progress
from pdu_inspections.build.run import Dbt
from pdu_inspections.errors import InputError, Problem
from pdu_inspections.exit_codes import ExitCode
from pdu_inspections.gate.report import told
from pdu_inspections.project import Project
from pdu_inspections.sql import literal

_PLACE = re.compile(r"read_parquet\('((?:[^']|'')*)/inspections/\*\.parquet'\)")
_SHOWN = 5


@dataclass(frozen=True)
class Added:
    """What an addition wrote: the inspections asked for, and how many were built again with them."""

    inspections: tuple[str, ...]
    neighbourhood_n: int


def add(
    project: Project,
    corpus: Path,
    database: Path,
    inspections: Collection[str],
    progress: Progress,
    start_dbt: Callable[..., Dbt] = DbtProcess,
) -> Added:
    """Bring inspections of the corpus into the database that was built from it, or replace them; without any named,
    those that the database has not.

    Raises InputError where corpus or database is not what it must be, BuildError, with the exit code, where the gate,
    dbt or a data test fails or somebody else has the database. The database is then as it was. start_dbt: called as
    DbtProcess is.
    """
    try:
        with (
            build_lock(database.with_name(f"{database.name}.lock")) as lock,
            _work(database.absolute().with_name(f"{database.name}.add")) as directory,
        ):
            return _add(
                project,
                corpus,
                database,
                inspections,
                progress,
                directory,
                partial(start_dbt, inherited=lock.descriptor),
            )
    except LockedError as error:
        raise BuildError(ExitCode.LOCKED, str(error)) from None
    except duckdb.IOException as error:
        code = ExitCode.LOCKED if _is_lock(error) else ExitCode.PUBLISH_FAILED
        raise BuildError(code, f"the database cannot be written: {error}") from None
    except (duckdb.Error, OSError) as error:
        raise BuildError(ExitCode.PUBLISH_FAILED, f"the addition cannot be written: {error}") from error


@contextmanager
def _work(directory: Path) -> Iterator[Path]:
    """An empty directory that is removed in the end; what an addition left behind that was killed goes first."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir()
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _add(
    project: Project,
    corpus: Path,
    database: Path,
    inspections: Collection[str],
    progress: Progress,
    directory: Path,
    start_dbt: Callable[..., Dbt],
) -> Added:
    tables = directory / "tables"
    try:
        chosen, neighbourhood = choose(corpus, database, inspections, tables)
    except duckdb.Error as error:
        if _is_lock(error):
            raise
        raise InputError(
            Problem(
                str(corpus),
                "corpus or database cannot be read",
                found=str(error),
                action=f"pdu check --parquet {corpus} tells what is wrong with the corpus",
            )
        ) from None
    if not chosen:
        return Added((), 0)
    duckdb.connect(str(database)).close()  # better told now than after dbt: whether somebody else has it open
    progress.emit(
        "neighbourhood",
        f"{len(chosen)} to add; with what depends on them {len(neighbourhood.inspections)} inspections to build",
    )
    small = directory / database.name
    target = directory.with_name(f"{database.name}.dbt")
    variables = {"report_tables": str(tables)}
    kept = KeptSql(project, target, small, variables)
    with ThreadPoolExecutor(1) as beside:
        gate = beside.submit(_gate, project, corpus, tables)
        manifest = kept.make(progress)
        gate.result()
    if manifest is None:
        with start_dbt(project, small, target=target, variables=variables, unit_tests=False) as dbt:
            results = dbt.build(progress)
        progress.emit("dbt", f"dbt: {results.models_n} models, {len(results.tests)} tests passed")
        manifest = kept.keep()
    merge(database, small, neighbourhood, manifest)
    return Added(tuple(chosen), len(neighbourhood.inspections))


def choose(
    corpus: Path, database: Path, inspections: Collection[str], directory: Path
) -> tuple[list[str], Neighbourhood]:
    """Which inspections to add, and their neighbourhood, whose report tables are written below directory.

    Raises InputError where the corpus lacks a table or an inspection, or the database was not built from it.
    """
    missing = [table.name for table in GROWING if not any((corpus / table.name).glob("*.parquet"))]
    if missing:
        raise InputError(
            [
                Problem(
                    str(corpus / name), "no Parquet files", action="write the table, without rows where there are none"
                )
                for name in missing
            ]
        )
    with duckdb.connect() as connection:
        try:
            connection.execute(f"attach {literal(database)} as {LARGE} (read_only)")
        except duckdb.IOException as error:
            if _is_lock(error):
                raise
            raise _not_built(database, "it is no DuckDB database") from None
        _require_built_from(connection, corpus, database)
        chosen = _chosen(connection, corpus, database, inspections)
        if not chosen:
            return chosen, Neighbourhood(*[frozenset()] * 4)
        _require_nothing_else(connection, database, around.find(connection, corpus, chosen))
        neighbourhood = around.with_new_bodies(connection, corpus)
        around.write(connection, corpus, neighbourhood, directory)
        return chosen, neighbourhood


def _is_lock(error: duckdb.Error) -> bool:
    return isinstance(error, duckdb.IOException) and "lock on file" in str(error)


def _require_built_from(connection: duckdb.DuckDBPyConnection, corpus: Path, database: Path) -> None:
    view = connection.execute(
        f"select sql from duckdb_views() where database_name = '{LARGE}' and view_name = 'stg_reports__inspections'"
    ).fetchone()
    if view is None:
        raise _not_built(database, "it has no view stg_reports__inspections")
    place = _PLACE.search(view[0])
    if place is None:
        raise _not_built(database, "its report tables are no Parquet")
    built_from = place[1].replace("''", "'")
    if Path(built_from).resolve() != corpus.resolve():
        raise _not_built(database, f"it was built from {built_from}")


def _not_built(database: Path, found: str) -> InputError:
    return InputError(
        Problem(
            str(database),
            "not a database built from this corpus",
            found=found,
            expected="what dbt build makes with the variable report_tables set to the corpus",
            action="name the corpus it was built from, or build it anew",
        )
    )


def _chosen(
    connection: duckdb.DuckDBPyConnection, corpus: Path, database: Path, inspections: Collection[str]
) -> list[str]:
    """The inspections named, or all that the database has not; sorted."""
    connection.execute(
        f"create temp table held as select distinct inspection_id from {rows_of(corpus, 'inspections')}; "
        f"create temp table built as select inspection_id from {LARGE}.main.dim_inspection"
    )
    lost = connection.execute("from built except from held order by all limit 1").fetchone()
    if lost is not None:
        raise InputError(
            Problem(
                str(database),
                "the database has an inspection that the corpus has not",
                found=lost[0],
                action="put its rows back into the corpus, or build the database anew",
            )
        )
    new = {name for (name,) in connection.execute("from held except from built").fetchall()}
    connection.execute("create temp table missing as from held except from built")
    if not inspections:
        return sorted(new)
    known = {name for (name,) in connection.execute("from held").fetchall()}
    problems = [
        Problem(
            str(corpus / "inspections"),
            "no inspection of this id",
            found=name,
            expected="an inspection_id of the table inspections",
            action="add its rows to the corpus, or correct the id",
        )
        for name in sorted(set(inspections) - known)
    ]
    if problems:
        raise InputError(problems)
    return sorted(set(inspections))


def _require_nothing_else(connection: duckdb.DuckDBPyConnection, database: Path, neighbourhood: Neighbourhood) -> None:
    left = sorted({name for (name,) in connection.execute("from missing").fetchall()} - neighbourhood.inspections)
    if left:
        more = f" and {len(left) - _SHOWN} more" if len(left) > _SHOWN else ""
        raise InputError(
            Problem(
                str(database),
                "the corpus has other inspections that the database has not",
                found=", ".join(left[:_SHOWN]) + more,
                action="name them too, or name none to add all",
            )
        )


def _gate(project: Project, corpus: Path, tables: Path) -> None:
    """The contract over the neighbourhood's tables; rows are told by table, since the files checked are made for it."""
    from pdu_inspections.gate.parquet import check_parquet

    report = check_parquet(tables, project.seeds)
    if not report.passed:
        problems = [
            replace(problem, file=problem.file.replace(str(tables), str(corpus)), line=None)
            for problem in report.problems
        ]
        raise BuildError(
            ExitCode.GATE_FAILED,
            f"{told(problems)}\npdu check --parquet {corpus} tells in which file and row",
        )
