"""A build from beginning to end. Whatever stops it, what was current before stays current."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import duckdb

from pdu_inspections.errors import InputError
from pdu_inspections.exit_codes import ExitCode
from pdu_inspections.gate.report import GateReport, format_problems
from pdu_inspections.project import DATABASE_NAME, SITE, Project
from pdu_inspections.release import diff as differences
from pdu_inspections.release import files as releases
from pdu_inspections.release import inputs as input_files
from pdu_inspections.release.audit import Audit
from pdu_inspections.release.dbt import DbtProcess, DbtResults, TestResult
from pdu_inspections.release.errors import BuildError
from pdu_inspections.release.exports.spreadsheet import SPREADSHEET_NAME, write_spreadsheet
from pdu_inspections.release.journal import Journal
from pdu_inspections.release.lock import LockedError, build_lock
from pdu_inspections.release.marts import Mart, read_marts
from pdu_inspections.release.progress import Progress, remove_old_logs, to_log_file
from pdu_inspections.release.publish import Release, Releases, remove_tree
from pdu_inspections.release.records import BuildRecord
from pdu_inspections.site.process import SiteProcess

RELEASES_KEPT = 5
LOCK_NAME = "build.lock"


@dataclass(frozen=True)
class Settings:
    """How to build: releases to keep, whether to leave it where nothing changed, whether to write the site."""

    keep: int = RELEASES_KEPT
    if_changed: bool = False
    site: bool = False


@dataclass(frozen=True)
class Built:
    """A build that ended well. record is None where nothing had changed, so nothing was built."""

    build_id: str
    release: Path
    record: BuildRecord | None


class Dbt(Protocol):
    """What makes the database: dbt, or in tests of everything else a stand-in. Entered at once, told to build later."""

    def __enter__(self) -> Dbt:
        """Begin."""

    def __exit__(self, *_: object) -> None:
        """End, whatever happened."""

    def build(self, progress: Progress) -> DbtResults:
        """Make the database and wait for it. Raises BuildError."""


class StartDbt(Protocol):
    """Starts dbt on a project and the path of the database to make; the lock's descriptor is for it to inherit."""

    def __call__(self, project: Project, database: Path, inherited: int, /, *, unit_tests: bool) -> Dbt:
        """unit_tests: whether to run them."""


def build(
    project: Project,
    settings: Settings,
    progress: Progress,
    start_dbt: StartDbt = DbtProcess,
) -> Built:
    """Build and publish. Raises BuildError, with the exit code, where that cannot be."""
    try:
        with build_lock(project.warehouse / LOCK_NAME) as lock:
            if lock.abandoned_by is not None:
                progress.emit("recovered", f"the last build was cut short ({lock.abandoned_by}); clearing up after it")
            return _Build(project, settings, progress, start_dbt, lock.descriptor).run()
    except LockedError as error:
        raise BuildError(ExitCode.LOCKED, str(error)) from None
    except InputError as error:
        raise BuildError(ExitCode.GATE_FAILED, str(error)) from None
    except OSError as error:
        raise BuildError(ExitCode.PUBLISH_FAILED, f"the warehouse cannot be written: {error}") from error
    except duckdb.Error as error:
        raise BuildError(ExitCode.PUBLISH_FAILED, f"the release cannot be written: {error}") from error


@dataclass(frozen=True)
class _Made:
    """What a release is written from: the inputs, what the gate and dbt said of them, the release before, the site."""

    inputs: list[input_files.Input]
    gate: GateReport
    results: DbtResults
    current: Release | None
    site: SiteProcess | None


@dataclass
class _Build:
    project: Project
    settings: Settings
    progress: Progress
    start_dbt: StartDbt
    lock: int
    build_id: str = ""
    began: float = field(default_factory=time.monotonic)
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    durations: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.releases = Releases(self.project.warehouse)
        self.journal = Journal(self.project.warehouse)
        self.work = self.project.warehouse / "work"

    def run(self) -> Built:
        self._clear()
        inputs = input_files.read_inputs(self.project)
        current = self.releases.current()
        if self.settings.if_changed and current is not None and self._nothing_new(current, inputs):
            self.journal.succeeded(current.build_id)
            return Built(current.build_id, current.path, None)
        self.build_id = self._next_build_id()
        self._open_log()
        try:
            built = self._publish(inputs, current)
        except BaseException as error:
            self.journal.failed(self.build_id, self.started_at, error)
            raise
        finally:
            self._clear()
        self.journal.succeeded(self.build_id, self.started_at)
        return built

    def _nothing_new(self, current: Release, inputs: list[input_files.Input]) -> bool:
        """Whether the current release stays: it is whole, and made of these inputs or these were withdrawn."""
        fingerprint = input_files.fingerprint(inputs)
        is_same = current.record.get("fingerprint") == fingerprint
        if not is_same and self.journal.withdrawn() != fingerprint:
            return False
        damage = releases.damage(current.path)
        if damage is None:
            why = (
                "nothing changed since" if is_same else "inputs are those of a release that was withdrawn in favour of"
            )
            self.progress.emit("unchanged", f"{why} {current.build_id}: it stays current")
            return True
        if not is_same:
            raise BuildError(
                ExitCode.PUBLISH_FAILED,
                f"current release {current.build_id}: {damage}; the inputs are those of a release that was withdrawn: "
                "choose with pdu rollback BUILD_ID, or publish them after all with pdu build",
            )
        self.progress.emit("damaged", f"current release {current.build_id}: {damage}; building anew")
        return False

    def _next_build_id(self) -> str:
        """Number, time and revision: sorts by number, so that a clock set back does no harm."""
        number = 1 + max((release.sequence_n for release in self.releases.all()), default=0)
        while self.releases.path(build_id := self._build_id(number)).exists():
            number += 1
        return build_id

    def _build_id(self, number: int) -> str:
        return f"{number:06d}-{self.started_at:%Y%m%dT%H%M%SZ}-{input_files.revision(self.project)[0][:7]}"

    def _open_log(self) -> None:
        logs = self.project.warehouse / "logs"
        remove_old_logs(logs)
        self.progress.listen(to_log_file(logs / f"{self.build_id}.jsonl"))
        self.progress.emit("started", f"build {self.build_id}", build_id=self.build_id)

    def _clear(self) -> None:
        """Remove what a build leaves behind, this one or one that was cut short."""
        remove_tree(self.work)
        remove_tree(self.releases.trash)

    def _publish(self, inputs: list[input_files.Input], current: Release | None) -> Built:
        self.work.mkdir()
        with ExitStack() as running:
            dbt = running.enter_context(
                self.start_dbt(
                    self.project,
                    self.work / DATABASE_NAME,
                    self.lock,
                    unit_tests=not _has_logic_of(current, inputs),
                )
            )
            gate = self._gate()
            site = running.enter_context(SiteProcess(self.project)) if self.settings.site else None
            with self._timed("dbt"):
                results = dbt.build(self.progress)
            self.progress.emit("dbt", f"dbt: {results.models_n} models, {len(results.tests)} tests passed")
            return self._release(_Made(inputs, gate, results, current, site))

    def _release(self, made: _Made) -> Built:
        finished = self.work / "release"
        finished.mkdir()
        with self._timed("release"):
            record = self._write_release(finished, made)
            self.progress.step("name the release")
            release = self.releases.add(finished, self.build_id)
            self.progress.step("swap the pointer")
            self.releases.pointer.swap(self.build_id)
            self.progress.step("prune releases")
        self._prune()
        self.progress.emit(
            "published",
            f"published {self.build_id} in {time.monotonic() - self.began:.1f} s",
            build_id=self.build_id,
            durations=self.durations,
            content_hashes={mart.name: mart.content_hash for mart in record.marts},
        )
        return Built(self.build_id, release, record)

    def _gate(self) -> GateReport:
        from pdu_inspections.gate.check import check

        with self._timed("gate"):
            report = check(self.project.seeds, self.project.gate_docs)
        self.progress.emit("gate", str(report), problems=[str(problem) for problem in report.problems])
        if not report.passed:
            raise BuildError(ExitCode.GATE_FAILED, format_problems(report.problems))
        return report

    def _write_release(self, directory: Path, made: _Made) -> BuildRecord:
        step = self.progress.step
        step("open the new file")
        database = directory / DATABASE_NAME
        with releases.working_connection(self.work / DATABASE_NAME, database) as connection:
            marts = [
                replace(mart, references=made.results.references.get(mart.name, {}))
                for mart in read_marts(connection, releases.BUILT)
            ]
            step("copy the marts")
            releases.copy_marts(connection, marts)
            step("compare with the current release")
            diffs = self._diffs(connection, marts, made.current)
            record = self._record(made, marts, diffs)
            step("write the records")
            releases.finish_database(connection, record, self._history(connection))
            with Audit(database) as audit:
                if made.site is not None:
                    made.site.begin(database, directory / SITE)
                step("write exports")
                releases.write_exports(connection, directory, marts)
                step("write the spreadsheet")
                write_spreadsheet(connection, releases.BUILT, directory / SPREADSHEET_NAME, record, marts)
                step("audit")
                audit.verify(marts)
        if made.site is not None:
            step("wait for the site")
            made.site.finish()
        step("write the build record")
        releases.write_record(directory, record)
        releases.seal(directory, step)
        return record

    def _diffs(
        self, connection: duckdb.DuckDBPyConnection, marts: list[Mart], current: Release | None
    ) -> list[differences.TableDiff]:
        if current is None or not self._attached(connection, current, releases.CURRENT):
            return []
        decisions = differences.read_decisions(self.project.root / "docs" / "decisions.md")
        known = set(current.record.get("decisions", []))
        reasons = differences.Reasons(
            differences.read_corrections(self.project.seeds / "reference" / "corrections.csv"),
            {title: text for title, text in decisions.items() if title not in known},
        )
        before = read_marts(connection, releases.CURRENT)
        diffs = differences.Comparison(connection, releases.BUILT, releases.CURRENT, reasons).tables(marts, before)
        for table in diffs:
            if not table.is_empty:
                self.progress.emit("changed", str(table), **table.counts())
        return diffs

    def _history(self, connection: duckdb.DuckDBPyConnection) -> str | None:
        """The newest release holds the longest history, also after a rollback to an older one."""
        for release in reversed(self.releases.all()):
            if self._attached(connection, release, releases.HISTORY):
                return releases.HISTORY
        return None

    def _attached(self, connection: duckdb.DuckDBPyConnection, release: Release, name: str) -> bool:
        damage = releases.damage(release.path)
        if damage is None:
            releases.attach(connection, release.path / DATABASE_NAME, name)
            return True
        self.progress.emit("damaged", f"release {release.build_id}: {damage}; not compared with")
        return False

    def _record(self, made: _Made, marts: list[Mart], diffs: list[differences.TableDiff]) -> BuildRecord:
        revision, is_dirty = input_files.revision(self.project)
        return BuildRecord(
            build_id=self.build_id,
            sequence_n=int(self.build_id.partition("-")[0]),
            previous_build_id=None if made.current is None else made.current.build_id,
            started_at=_utc(self.started_at),
            built_at=_utc(datetime.now(UTC)),
            duration_s=round(time.monotonic() - self.began, 3),
            revision=revision,
            is_dirty=is_dirty,
            fingerprint=input_files.fingerprint(made.inputs),
            versions=input_files.versions(),
            inputs=made.inputs,
            tests=_gate_results(made.gate) + made.results.tests,
            models_n=made.results.models_n,
            marts=marts,
            diffs=diffs,
            durations=self.durations,
            decisions=list(differences.read_decisions(self.project.root / "docs" / "decisions.md")),
        )

    def _prune(self) -> None:
        try:
            self.releases.prune(self.settings.keep)
        except OSError as error:
            self.progress.emit("warning", f"old releases could not be deleted: {error}")

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.durations[name] = round(time.monotonic() - began, 3)


def _has_logic_of(release: Release | None, inputs: list[input_files.Input]) -> bool:
    """Whether a release was made by the same code and versions, only of other seeds.

    Unit tests then passed for it or for one before it, and would again: they see no data but their own.
    """
    if release is None or release.record.get("versions") != input_files.versions():
        return False
    before = [input_files.Input(**item) for item in release.record.get("inputs", [])]
    return {item for item in before if not item.is_seed} == {item for item in inputs if not item.is_seed}


def _gate_results(report: GateReport) -> list[TestResult]:
    return [TestResult(f"gate.{name}", name, "gate", "", "pass", 0, 0.0) for name in report.checks]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
