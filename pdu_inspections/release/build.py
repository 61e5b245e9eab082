"""A build from beginning to end. Whatever stops it, what was current before stays current."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pdu_inspections.errors import InputError
from pdu_inspections.exit_codes import ExitCode
from pdu_inspections.gate.report import GateReport, format_problems
from pdu_inspections.project import DATABASE_NAME, Project
from pdu_inspections.release import inputs as input_files
from pdu_inspections.release import manifest
from pdu_inspections.release.dbt import DbtProcess, DbtRun
from pdu_inspections.release.errors import BuildError, explain_os_error
from pdu_inspections.release.journal import Journal
from pdu_inspections.release.lock import LockedError, Owner, build_lock, is_running
from pdu_inspections.release.progress import Progress, remove_old_logs, to_log_file
from pdu_inspections.release.records import BuildRecord
from pdu_inspections.release.releases import Release, Releases, remove_tree
from pdu_inspections.release.signals import SignalGuard
from pdu_inspections.release.write import RELEASES_KEPT, Content, Identity, ReleaseWriter, Settings

__all__ = ["LOCK_NAME", "RELEASES_KEPT", "Built", "Settings", "build"]

LOCK_NAME = "build.lock"
_UMASK = 0o022
_ROOM_FACTOR = 3
"""A build needs about this many times the size of a release: dbt's database, the new files, and some to spare."""
_LEAST_ROOM = 64 * 1024 * 1024


@dataclass(frozen=True)
class Built:
    """A build that ended well. record is None where nothing had changed, so nothing was built."""

    build_id: str
    release: Path
    record: BuildRecord | None


def build(
    project: Project,
    settings: Settings,
    progress: Progress,
    start_dbt: Callable[[DbtRun, int], DbtProcess] = DbtProcess,
    guard: SignalGuard | None = None,
) -> Built:
    """Build and publish. Raises BuildError, with the exit code, where that cannot be."""
    try:
        with _project_umask(), build_lock(project.warehouse / LOCK_NAME) as lock:
            work = _ReleaseBuild(project, settings, progress, start_dbt, lock.descriptor, guard or SignalGuard())
            return work.run(lock.abandoned_by)
    except Exception as error:
        explained = _explain(error)
        if explained is error:
            raise
        raise explained from error


def _explain(error: BaseException) -> BaseException:
    """The error with the exit code that it means, where it is of a kind that is known."""
    if isinstance(error, LockedError):
        return BuildError(ExitCode.LOCKED, str(error))
    if isinstance(error, InputError):
        return BuildError(ExitCode.GATE_FAILED, str(error))
    if isinstance(error, OSError):
        return BuildError(ExitCode.PUBLISH_FAILED, f"the warehouse cannot be written: {explain_os_error(error)}")
    if isinstance(error, duckdb.Error):
        return BuildError(ExitCode.PUBLISH_FAILED, f"the release cannot be written: {error}")
    if isinstance(error, MemoryError):
        return BuildError(ExitCode.PUBLISH_FAILED, "the build needs more memory than it may use")
    return error


@contextmanager
def _project_umask() -> Iterator[None]:
    """Let everybody read what is built, and nobody else write it, whatever the caller's umask is."""
    before = os.umask(_UMASK)
    try:
        yield
    finally:
        os.umask(before)


@dataclass
class _ReleaseBuild:
    project: Project
    settings: Settings
    progress: Progress
    start_dbt: Callable[[DbtRun, int], DbtProcess]
    lock: int
    guard: SignalGuard
    build_id: str = ""
    began: float = field(default_factory=time.monotonic)
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    durations: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.releases = Releases(self.project.warehouse)
        self.journal = Journal(self.project.warehouse)
        self.work = self.project.warehouse / "work"
        self.snapshot = Project(self.work / "inputs")
        self.revision = input_files.read_revision(self.project)

    def run(self, abandoned_by: Owner | None) -> Built:
        """Build and publish, or find that nothing changed."""
        self._check_rights()
        if abandoned_by is not None:
            self._recover(abandoned_by)
        self._clear()
        current = self.releases.current()
        if self.settings.if_changed and current is not None and self._is_nothing_new(current):
            self.journal.note_success(current.build_id)
            return Built(current.build_id, current.path, None)
        self.build_id = self._next_build_id()
        try:
            self._open_log()
            self._make_room(current)
            release, record = self._publish()
        except BaseException as error:
            self.journal.note_failure(self.build_id, self.started_at, _explain(error))
            with suppress(OSError):
                self._clear()
            raise
        self.journal.note_success(self.build_id, self.started_at)
        self._tidy_up()
        self.progress.emit(
            "published",
            f"published {self.build_id} in {time.monotonic() - self.began:.1f} s",
            build_id=self.build_id,
            durations=self.durations,
            content_hashes={mart.name: mart.content_hash for mart in record.marts},
        )
        return Built(self.build_id, release, record)

    def _check_rights(self) -> None:
        """Stop before anything is written where something that must be written may not be."""
        target = _dbt_target(self.project)
        places = [self.project.warehouse, self.work, self.releases.directory, self.releases.trash]
        places += [self.project.gate_docs, target, *(target.iterdir() if os.access(target, os.R_OK) else ())]
        for place in places:
            if os.path.lexists(place) and not os.access(place, os.W_OK):
                raise PermissionError(13, "no right to write", str(place))

    def _recover(self, abandoned_by: Owner) -> None:
        """Note what became of a build that was killed, which could not do so itself."""
        current = self.releases.current()
        if current is None or self.journal.knows(current.build_id):
            self.journal.note_cut_short(str(abandoned_by))
        else:
            self.journal.note_success(current.build_id, self.started_at)
        self.progress.emit("recovered", f"the last build was cut short ({abandoned_by}); clearing up after it")

    def _is_nothing_new(self, current: Release) -> bool:
        """Whether the current release stays: it is whole, and made of these inputs or these were withdrawn."""
        fingerprint = input_files.fingerprint(input_files.read_inputs(self.project))
        damage = manifest.find_damage(current.path)
        is_same = current.record_problem is None and current.record["fingerprint"] == fingerprint
        is_withdrawn = not is_same and self.journal.withdrawn() == fingerprint
        if not damage and (is_same or is_withdrawn):
            why = (
                "nothing changed since" if is_same else "inputs are those of a release that was withdrawn in favour of"
            )
            self.progress.emit("unchanged", f"{why} {current.build_id}: it stays current")
            return True
        if is_withdrawn:
            raise BuildError(
                ExitCode.PUBLISH_FAILED,
                f"current release {current.build_id}: {damage[0]}; the inputs are those of a release that was "
                "withdrawn: choose with pdu rollback BUILD_ID, or publish them after all with pdu build",
            )
        if damage:
            self.progress.emit("damaged", f"current release {current.build_id}: {damage[0]}; building again")
        return False

    def _next_build_id(self) -> str:
        """Number, time and revision: sorts by number, so that a clock set back does no harm."""
        number = 1 + max((release.sequence_n for release in self.releases.all()), default=0)
        while os.path.lexists(self.releases.path(build_id := self._format_build_id(number))):
            number += 1
        return build_id

    def _format_build_id(self, number: int) -> str:
        return f"{number:06d}-{self.started_at:%Y%m%dT%H%M%SZ}-{self.revision.name[:7]}"

    def _open_log(self) -> None:
        logs = self.project.warehouse / "logs"
        remove_old_logs(logs)
        self.progress.add_log(to_log_file(logs / f"{self.build_id}.jsonl"))
        self.progress.emit("started", f"build {self.build_id}", build_id=self.build_id)
        if self.revision.problem is not None:
            self.progress.emit("warning", f"the revision is not known: {self.revision.problem}")

    def _make_room(self, current: Release | None) -> None:
        """Where the disk is short of room, delete releases that this build would delete after it anyway."""
        size = 0 if current is None else sum(path.stat().st_size for path in current.path.rglob("*") if path.is_file())
        for build_id in self.releases.make_room(self.settings.keep, max(_LEAST_ROOM, _ROOM_FACTOR * size)):
            self.progress.emit("pruned", f"release {build_id} deleted to make room")

    def _clear(self) -> None:
        """Remove what a build leaves behind, this one or one that was cut short."""
        remove_tree(self.work)
        remove_tree(self.releases.trash)
        for unfinished in self.project.warehouse.glob(f"{self.project.gate_docs.name}.[0-9]*"):
            pid = unfinished.suffix[1:]
            if pid.isdecimal() and not is_running(int(pid)):
                remove_tree(unfinished)

    def _publish(self) -> tuple[Path, BuildRecord]:
        """Gate, dbt, a finished release, and the swap of the pointer. Nothing here can fail once that has happened."""
        self.work.mkdir()
        inputs = input_files.copy_inputs(self.project, self.snapshot.root)
        before = self._release_to_compare()
        run = DbtRun(
            self.snapshot,
            self.work / DATABASE_NAME,
            _dbt_target(self.project),
            is_new_code=not _is_same_code(before, inputs),
        )
        with self.start_dbt(run, self.lock) as dbt:
            gate = self._check_gate()
            with self._timed("dbt"):
                results = dbt.wait(self.progress)
        self.progress.emit("dbt", f"dbt: {results.models_n} models, {len(results.tests)} tests passed")
        with self._timed("release"):
            finished = self.work / "release"
            writer = ReleaseWriter(self.snapshot, self.releases, self.progress, self._identity(), self.settings)
            record = writer.write(finished, self.work / DATABASE_NAME, Content(inputs, gate, results, before))
            self._check_package(inputs)
            self.guard.hold()
            self.progress.step("name the release")
            release = self.releases.add(finished, self.build_id)
            self.progress.step("swap the pointer")
            self.releases.point_to(self.build_id)
        return release, record

    def _identity(self) -> Identity:
        return Identity(self.build_id, self.started_at, self.began, self.revision, self.durations)

    def _release_to_compare(self) -> Release | None:
        """The current release, or where its record cannot be read the newest one whose record can."""
        current = self.releases.current()
        if current is not None and current.record_problem is None:
            return current
        readable = self.releases.readable()
        return readable[-1] if readable else None

    def _check_gate(self) -> GateReport:
        from pdu_inspections.gate.check import check

        with self._timed("gate"):
            report = check(self.snapshot.seeds, self.project.gate_docs)
        self.progress.emit("gate", str(report), problems=[str(problem) for problem in report.problems])
        if not report.passed:
            raise BuildError(ExitCode.GATE_FAILED, format_problems(report.problems))
        drafts_problem = report.drafts_problem() if self.settings.complete else None
        if drafts_problem is not None:
            raise BuildError(ExitCode.GATE_FAILED, str(drafts_problem))
        return report

    def _check_package(self, inputs: list[input_files.Input]) -> None:
        """The program's own files are not copied, so see that they are still those that were recorded."""
        now = {item.path: item for item in input_files.read_package()}
        then = {item.path: item for item in inputs if item.path in now or item.path.startswith("pdu_inspections/")}
        if now != then:
            changed = sorted(path for path in now.keys() | then.keys() if now.get(path) != then.get(path))
            raise BuildError(
                ExitCode.PUBLISH_FAILED,
                f"the program itself changed while it ran ({', '.join(changed[:3])}): build again",
            )

    def _tidy_up(self) -> None:
        """Delete old releases and what the build left; the release is published, so a failure is only reported."""
        self.progress.step("prune releases")
        try:
            self.releases.prune(self.settings.keep, lambda: not self.guard.was_signalled)
            self._clear()
        except OSError as error:
            self.progress.emit("warning", f"old releases could not be deleted: {explain_os_error(error)}")

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.durations[name] = round(time.monotonic() - began, 3)


def _dbt_target(project: Project) -> Path:
    """dbt's own files of a `pdu build`; apart from those of plain dbt, whose other database would spoil both caches."""
    return project.root / "target" / "pdu"


def _is_same_code(release: Release | None, inputs: list[input_files.Input]) -> bool:
    """Whether a release was made by the same code and versions, only of other seeds.

    Unit tests then passed for it or for one before it, and would again: they see no data but their own.
    """
    if release is None or release.record["versions"] != input_files.versions():
        return False
    before = {(item["path"], item["sha256"]) for item in release.record["inputs"]}
    now = {(item.path, item.sha256) for item in inputs}
    return {item for item in before ^ now if not item[0].startswith("seeds/")} == set()
