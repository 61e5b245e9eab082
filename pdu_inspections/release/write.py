"""What a release holds, written into a directory that has no name among the releases yet."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pdu_inspections.environment import child_environment
from pdu_inspections.exit_codes import ExitCode
from pdu_inspections.gate.report import GateReport
from pdu_inspections.project import DATABASE_NAME, SITE, Project
from pdu_inspections.release import database, manifest
from pdu_inspections.release import diff as differences
from pdu_inspections.release import inputs as input_files
from pdu_inspections.release.audit import Audit
from pdu_inspections.release.dbt import DbtResults, TestResult
from pdu_inspections.release.errors import BuildError
from pdu_inspections.release.exports import files as exports
from pdu_inspections.release.exports.spreadsheet import SPREADSHEET_NAME, write_spreadsheet
from pdu_inspections.release.losses import find_losses
from pdu_inspections.release.marts import Mart, read_marts
from pdu_inspections.release.progress import Progress
from pdu_inspections.release.records import BuildRecord, write_file_list
from pdu_inspections.release.releases import Release, Releases

RELEASES_KEPT = 5
_LOSSES_SHOWN = 20


@dataclass(frozen=True)
class Settings:
    """How to build.

    keep: releases to keep. if_changed: whether to leave it where nothing changed. site: whether to write the site.
    loss_reason: why rows may be lost, where somebody said so. complete: whether no draft may wait for a decision.
    """

    keep: int = RELEASES_KEPT
    if_changed: bool = False
    site: bool = False
    loss_reason: str | None = None
    complete: bool = False


@dataclass(frozen=True)
class Identity:
    """Which build this is: its id, when it began (also by a clock that nobody sets), its revision, how long it took."""

    build_id: str
    started_at: datetime
    began: float
    revision: input_files.Revision
    durations: dict[str, float]


@dataclass(frozen=True)
class Content:
    """What a release is written from: the inputs, what the gate and dbt said of them, the release to compare with."""

    inputs: list[input_files.Input]
    gate: GateReport
    results: DbtResults
    before: Release | None


@dataclass(frozen=True)
class ReleaseWriter:
    """Writes a release: the marts, the record, the other forms, the list of files; audits and seals it.

    snapshot: the copy of the project's inputs.
    """

    snapshot: Project
    releases: Releases
    progress: Progress
    identity: Identity
    settings: Settings

    def write(self, directory: Path, built: Path, content: Content) -> BuildRecord:
        """Write a new directory from dbt's database. Raises BuildError where the release may not be published."""
        step = self.progress.step
        directory.mkdir()
        step("open the new file")
        new = directory / DATABASE_NAME
        with ExitStack() as running, database.open_working_connection(built, new) as connection:
            marts = [
                replace(mart, references=content.results.references.get(mart.name, {}))
                for mart in read_marts(connection, database.BUILT)
            ]
            step("copy the marts")
            database.copy_marts(connection, marts)
            step("compare with the release before")
            losses = self._check_losses(marts, content.before)
            record = self._make_record(content, marts, self._compare(connection, marts, content.before), losses)
            step("write the records")
            database.finish_database(connection, record, self._attach_history(connection))
            if self.settings.site:
                site = running.enter_context(_start_site(new, self.snapshot, directory / SITE))
            step("write exports")
            exports.write_marts(connection, directory, marts)
            step("write the spreadsheet")
            write_spreadsheet(connection, database.BUILT, directory / SPREADSHEET_NAME, record, marts)
            step("write the build record")
            exports.write_descriptions(directory, record, self.snapshot.root)
            if self.settings.site:
                step("wait for the site")
                _wait_for_site(site)
        step("write the list of files")
        files = manifest.list_files(directory)
        write_file_list(new, [vars(file) for file in files])
        step("audit")
        with Audit(new) as audit:
            manifest.seal(directory, files, step)
            audit.compare(marts)
        return record

    def _check_losses(self, marts: list[Mart], before: Release | None) -> list[str]:
        """What is lost against the release before. Raises BuildError where nobody gave a reason for it."""
        losses = [] if before is None else find_losses(marts, before.record)
        if losses and self.settings.loss_reason is None:
            lines = [f"  {loss}" for loss in losses[:_LOSSES_SHOWN]] + ["  …"] * (len(losses) > _LOSSES_SHOWN)
            raise BuildError(
                ExitCode.BUILD_FAILED,
                "\n".join(
                    [
                        f"the release would be poorer than {before.build_id if before else ''}:",
                        *lines,
                        'if that is right, give the reason: pdu build --accept-loss "REASON"',
                    ]
                ),
            )
        return losses

    def _compare(
        self, connection: duckdb.DuckDBPyConnection, marts: list[Mart], before: Release | None
    ) -> list[differences.TableDiff]:
        if before is None or not self._attach(connection, before, database.CURRENT):
            return []
        corrections = differences.read_corrections(self.snapshot.seeds / "reference" / "corrections.csv")
        marts_before = read_marts(connection, database.CURRENT)
        comparison = differences.Comparison(connection, database.BUILT, database.CURRENT, corrections)
        diffs = comparison.compare_tables(marts, marts_before)
        for table in diffs:
            if not table.is_empty:
                self.progress.emit("changed", str(table), **table.counts())
        return diffs

    def _attach_history(self, connection: duckdb.DuckDBPyConnection) -> str | None:
        """The newest release holds the longest history, also after a rollback to an older one."""
        for release in reversed(self.releases.readable()):
            if self._attach(connection, release, database.HISTORY):
                return database.HISTORY
        return None

    def _attach(self, connection: duckdb.DuckDBPyConnection, release: Release, name: str) -> bool:
        damage = manifest.find_damage(release.path)
        if not damage:
            database.attach(connection, release.path / DATABASE_NAME, name)
            return True
        self.progress.emit("damaged", f"release {release.build_id}: {damage[0]}; not compared with")
        return False

    def _make_record(
        self, content: Content, marts: list[Mart], diffs: list[differences.TableDiff], losses: list[str]
    ) -> BuildRecord:
        identity = self.identity
        return BuildRecord(
            build_id=identity.build_id,
            sequence_n=int(identity.build_id.partition("-")[0]),
            previous_build_id=None if content.before is None else content.before.build_id,
            started_at=_utc_text(identity.started_at),
            built_at=_utc_text(datetime.now(UTC)),
            duration_s=round(time.monotonic() - identity.began, 3),
            revision=identity.revision.name,
            is_dirty=identity.revision.is_dirty,
            fingerprint=input_files.fingerprint(content.inputs),
            versions=input_files.versions(),
            inputs=content.inputs,
            tests=_gate_results(content.gate) + content.results.tests,
            models_n=content.results.models_n,
            marts=marts,
            diffs=diffs,
            durations=identity.durations,
            revision_problem=identity.revision.problem,
            losses=losses,
            loss_reason=self.settings.loss_reason if losses else None,
        )


@contextmanager
def _start_site(new: Path, project: Project, output: Path) -> Iterator[subprocess.Popen[str]]:
    """The site of a finished file, written by a process of its own while the other files of the release are."""
    output.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "pdu_inspections.site.write", str(new), str(project.root), str(output)],
        env=child_environment(project.root),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _wait_for_site(process: subprocess.Popen[str]) -> None:
    _, errors = process.communicate()
    if process.returncode != 0:
        lines = (errors.strip() or "its writer was killed").splitlines()
        last = next((line for line in reversed(lines) if line[:1].strip() and ": " in line), lines[-1])
        raise BuildError(
            ExitCode.PUBLISH_FAILED,
            f"the site cannot be written: {last}\npdu build --no-site publishes the data without it",
        )


def _gate_results(report: GateReport) -> list[TestResult]:
    return [TestResult(f"gate.{name}", name, "gate", "", "pass", 0, 0.0) for name in report.checks]


def _utc_text(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
