"""The commands `pdu build`, `status`, `releases`, `rollback` and `query`."""

from __future__ import annotations

import signal
import sys
from datetime import UTC, datetime
from types import FrameType
from typing import NoReturn

import click
import duckdb

from pdu_inspections.exit_codes import ExitCode
from pdu_inspections.project import DATABASE_NAME, Project, project_here
from pdu_inspections.release import inputs as input_files
from pdu_inspections.release.audit import open_for_reading
from pdu_inspections.release.errors import BuildError
from pdu_inspections.release.files import damage
from pdu_inspections.release.hooks import Ending, Hooks
from pdu_inspections.release.journal import Journal
from pdu_inspections.release.lock import LockedError, build_lock, lock_owner
from pdu_inspections.release.progress import Progress, as_json_lines, to_terminal
from pdu_inspections.release.publish import Release, Releases
from pdu_inspections.release.run import LOCK_NAME, RELEASES_KEPT, Built, Settings
from pdu_inspections.release.run import build as run_build
from pdu_inspections.release.summary import summary


@click.command()
@click.option("--if-changed", is_flag=True, help="Leave it where no input changed since the current release.")
@click.option("--keep", type=click.IntRange(min=1), default=RELEASES_KEPT, show_default=True, help="Releases to keep.")
@click.option("--site/--no-site", default=True, show_default=True, help="Write the static site too.")
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    envvar="PDU_LOG_FORMAT",
    help="Lines for people, or JSON lines.",
)
@click.option("--on-success", envvar="PDU_ON_SUCCESS", help="Command to run after a build that ended well.")
@click.option("--on-failure", envvar="PDU_ON_FAILURE", help="Command to run after a build that failed.")
@click.option("--webhook", envvar="PDU_WEBHOOK", help="Web address to tell how the build ended, by POST.")
def build(
    *,
    if_changed: bool,
    keep: int,
    site: bool,
    log_format: str,
    on_success: str | None,
    on_failure: str | None,
    webhook: str | None,
) -> None:
    """Gate, dbt, audit, publish: a new release, or none.

    Exit codes: 0 published (or nothing changed), 2 bad usage, 3 gate failed, 4 dbt or audit failed, 5 publish failed,
    6 another build holds the lock. Nothing but 0 changes what is current.
    """
    project = project_here()
    signal.signal(signal.SIGTERM, _terminated)
    progress = Progress(as_json_lines(sys.stdout) if log_format == "json" else to_terminal(sys.stdout))
    hooks = Hooks(on_success, on_failure, webhook)
    try:
        built = run_build(project, Settings(keep, if_changed, site), progress)
    except BuildError as error:
        progress.emit("failed", f"{error}\nbuild failed (exit code {error.exit_code:d}); {_still(project)}")
        _call(hooks, progress, Ending("failed", error.exit_code, None, str(error)))
        raise SystemExit(error.exit_code) from None
    if built.record is not None:
        progress.emit("summary", summary(project, built))
    _call(hooks, progress, _ending(built))


@click.command()
def status() -> None:
    """What is current, how old, whether it is whole, and whether inputs changed since.

    Exit code 1 where nothing is published or the current release is damaged.
    """
    project = project_here()
    releases = Releases(project.warehouse)
    owner = lock_owner(project.warehouse / LOCK_NAME)
    if owner is not None:
        click.echo(f"building:   {owner}")
    _last_attempt(project)
    current = releases.current()
    if current is None:
        click.echo("current:    none; make one with pdu build")
        raise SystemExit(ExitCode.BAD_INPUT)
    click.echo(f"current:    {current.build_id}, {_age(current)} old, revision {current.record['revision'][:12]}")
    click.echo(f"database:   {current.path / DATABASE_NAME}")
    click.echo(f"inputs:     {_changes(project, current)}")
    broken = damage(current.path)
    click.echo(f"files:      {broken or 'whole'}")
    if broken:
        raise SystemExit(ExitCode.BAD_INPUT)


@click.command()
def releases() -> None:
    """The releases that are kept, oldest first; * marks the current one."""
    store = Releases(project_here().warehouse)
    current = store.pointer.read()
    for release in store.all():
        mark = "*" if release.build_id == current else " "
        rows = sum(mart["rows_n"] for mart in release.record["marts"])
        tests = len(release.record["tests"])
        click.echo(
            f"{mark} {release.build_id}  built {release.record['built_at']} UTC  {rows:>8,} rows  {tests} checks"
        )


@click.command()
@click.argument("build_id", required=False)
def rollback(build_id: str | None) -> None:
    """Make an earlier release current again: BUILD_ID, or the one before the current.

    `pdu build --if-changed` will not publish the withdrawn inputs again; a plain `pdu build` does.
    """
    project = project_here()
    try:
        with build_lock(project.warehouse / LOCK_NAME):
            click.echo(_roll_back(project, build_id))
    except LockedError as error:
        _fail(ExitCode.LOCKED, str(error))
    except OSError as error:
        _fail(ExitCode.PUBLISH_FAILED, f"the pointer cannot be changed: {error}")


@click.command()
@click.argument("sql")
def query(sql: str) -> None:
    """Run a query on the current release, for reading only, and print the first rows."""
    current = Releases(project_here().warehouse).current()
    if current is None:
        _fail(ExitCode.BAD_INPUT, "nothing is published yet; make a release with pdu build")
    try:
        with open_for_reading(current.path / DATABASE_NAME) as connection:
            connection.sql(sql).show(max_width=200, max_rows=100)
    except (duckdb.Error, AttributeError) as error:
        _fail(ExitCode.BAD_INPUT, str(error))


def _roll_back(project: Project, build_id: str | None) -> str:
    store = Releases(project.warehouse)
    current = store.current()
    target = _target(store, current, build_id)
    broken = damage(target.path)
    if broken is not None:
        _fail(ExitCode.PUBLISH_FAILED, f"release {target.build_id}: {broken}; it cannot be made current")
    store.pointer.swap(target.build_id)
    journal = Journal(project.warehouse)
    if current is not None and current.sequence_n > target.sequence_n:
        journal.withdraw(current.build_id, str(current.record.get("fingerprint")))
    elif journal.withdrawn() == target.record.get("fingerprint"):
        journal.reinstate()
    return f"current: {target.build_id}"


def _target(store: Releases, current: Release | None, build_id: str | None) -> Release:
    kept = store.all()
    if build_id is not None:
        target = next((release for release in kept if release.build_id == build_id), None)
        if target is None:
            _fail(ExitCode.BAD_USAGE, f"no release {build_id!r}; pdu releases lists them")
        return target
    earlier = [release for release in kept if current is None or release.sequence_n < current.sequence_n]
    if not earlier:
        _fail(ExitCode.BAD_USAGE, "no release before the current one")
    return earlier[-1]


def _changes(project: Project, current: Release) -> str:
    now = {item.path: item.sha256 for item in input_files.read_inputs(project)}
    then = {item["path"]: item["sha256"] for item in current.record["inputs"]}
    changed = sorted(path for path in now.keys() | then.keys() if now.get(path) != then.get(path))
    if not changed:
        return "unchanged since"
    return f"{len(changed)} changed since: {', '.join(changed[:5])}{' …' if len(changed) > 5 else ''}"


def _last_attempt(project: Project) -> None:
    attempt = Journal(project.warehouse).last_attempt()
    if attempt is not None and attempt.get("exit_code") != 0:
        reason = str(attempt.get("error", "")).partition("\n")[0]
        click.echo(
            f"last build: failed at {attempt.get('ended_at')} with exit code {attempt.get('exit_code')}: {reason}"
        )


def _age(release: Release) -> str:
    seconds = (
        datetime.now(UTC) - datetime.fromisoformat(release.record["built_at"]).replace(tzinfo=UTC)
    ).total_seconds()
    if seconds < 0:
        return "less than nothing (the clock was set back)"
    for unit, length in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} seconds"


def _still(project: Project) -> str:
    current = Releases(project.warehouse).pointer.read()
    return f"{current} is still current" if current else "nothing is published"


def _ending(built: Built) -> Ending:
    outcome = "unchanged" if built.record is None else "published"
    return Ending(outcome, ExitCode.PUBLISHED, built.build_id, f"{outcome}: {built.build_id}")


def _call(hooks: Hooks, progress: Progress, ending: Ending) -> None:
    for complaint in hooks.run(ending):
        progress.emit("warning", complaint)


def _fail(code: ExitCode, message: str) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(code)


def _terminated(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Let a polite end clear up, as an exception does."""
    raise SystemExit(128 + signal.SIGTERM)
