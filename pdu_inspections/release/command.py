"""The commands `pdu build`, `status`, `releases` and `rollback`."""

from __future__ import annotations

import json
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, NoReturn

import click

from pdu_inspections.errors import InputError, escape_unprintable
from pdu_inspections.exit_codes import ExitCode
from pdu_inspections.output import Output
from pdu_inspections.project import DATABASE_NAME, Project, current_project
from pdu_inspections.release import inputs as input_files
from pdu_inspections.release.build import LOCK_NAME, RELEASES_KEPT, Built, Settings
from pdu_inspections.release.build import build as run_build
from pdu_inspections.release.errors import BuildError, explain_os_error
from pdu_inspections.release.hooks import Ending, Hooks
from pdu_inspections.release.journal import Journal
from pdu_inspections.release.lock import LockedError, abandoned_owner, build_lock, lock_owner
from pdu_inspections.release.losses import LARGEST_LOSS_PCT
from pdu_inspections.release.manifest import find_damage
from pdu_inspections.release.progress import Progress, TerminalListener, as_json_lines
from pdu_inspections.release.releases import Release, Releases
from pdu_inspections.release.signals import Interrupted, SignalGuard
from pdu_inspections.release.summary import format_summary

_FORMAT = click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.command()
@click.option("--if-changed", is_flag=True, help="Leave it where no input changed since the current release.")
@click.option("--keep", type=click.IntRange(min=1), default=RELEASES_KEPT, show_default=True, help="Releases to keep.")
@click.option("--site/--no-site", default=True, show_default=True, help="Write the static site too.")
@click.option("--complete", is_flag=True, help="Publish only where every draft of every report is decided: pdu review.")
@click.option(
    "--accept-loss",
    "loss_reason",
    metavar="REASON",
    help=f"Publish although a mart loses all its rows, or more than {LARGEST_LOSS_PCT}% of them; the record keeps why.",
)
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    envvar="PDU_LOG_FORMAT",
    help="Lines for people, or JSON lines.",
)
@click.option("--on-success", envvar="PDU_ON_SUCCESS", help="Command to run after a build that ended well.")
@click.option("--on-failure", envvar="PDU_ON_FAILURE", help="Command to run after a build that failed.")
@click.option("--webhook", envvar="PDU_WEBHOOK", help="Web address that gets the result of the build, by POST.")
def build(
    *,
    if_changed: bool,
    complete: bool,
    keep: int,
    site: bool,
    loss_reason: str | None,
    log_format: str,
    on_success: str | None,
    on_failure: str | None,
    webhook: str | None,
) -> None:
    """Gate, dbt, audit, publish: a new release, or none.

    Exit codes: 0 published (or nothing changed), 2 bad usage, 3 gate failed, 4 dbt or audit failed, 5 publish failed,
    6 another build holds the lock, 128 and the signal's number where a signal ended it. Nothing but 0 changes what is
    current.
    """
    if loss_reason is not None and not loss_reason.strip():
        raise click.BadParameter("give a reason", param_hint="--accept-loss")
    project = current_project()
    output = Output(sys.stdout)
    progress = Progress(as_json_lines(output) if log_format == "json" else TerminalListener(output))
    hooks = Hooks(on_success, on_failure, webhook)
    with SignalGuard() as guard:
        ending = _build(project, Settings(keep, if_changed, site, loss_reason, complete), progress, guard)
        guard.hold()
        for failure in hooks.run(ending):
            progress.emit("warning", failure)
    raise SystemExit(ending.exit_code)


def _build(project: Project, settings: Settings, progress: Progress, guard: SignalGuard) -> Ending:
    """Build, and report how it ended."""
    try:
        built = run_build(project, settings, progress, guard=guard)
    except (BuildError, Interrupted) as error:
        return _report_failure(project, progress, error.exit_code, str(error))
    except Exception as error:
        for line in traceback.format_exc().splitlines():
            progress.emit_to_log("fault", line)
        message = f"unexpected fault: {type(error).__name__}: {escape_unprintable(str(error))}"
        return _report_failure(project, progress, ExitCode.PUBLISH_FAILED, message)
    if built.record is not None:
        progress.emit("summary", format_summary(project, built))
    return _describe_success(built)


def _report_failure(project: Project, progress: Progress, exit_code: int, message: str) -> Ending:
    current = Releases(project.warehouse).current_id()
    state = f"{current} is still current" if current else "nothing is published"
    progress.emit("failed", f"{message}\nbuild failed (exit code {exit_code:d}); {state}")
    return Ending("failed", exit_code, None, message)


def _describe_success(built: Built) -> Ending:
    outcome = "unchanged" if built.record is None else "published"
    return Ending(outcome, ExitCode.PUBLISHED, built.build_id, f"{outcome}: {built.build_id}")


@click.command()
@_FORMAT
def status(output_format: str) -> None:
    """What is current, how old, whether it is whole, and whether inputs changed since.

    Exit code 1 where nothing is published or the current release is damaged.
    """
    found = _describe_state(current_project())
    output = Output(sys.stdout)
    if output_format == "json":
        output.write(json.dumps(found, indent=1) + "\n")
    else:
        for label, name in _STATUS_LINES:
            if found[name]:
                value = found[name]
                text = "; ".join(value) if isinstance(value, list) else value
                output.write(f"{label:<12}{escape_unprintable(text)}\n")
    if not found["is_whole"]:
        raise SystemExit(ExitCode.BAD_INPUT)


_STATUS_LINES = (
    ("building:", "building"),
    ("last build:", "last_failure"),
    ("current:", "current_text"),
    ("database:", "database"),
    ("inputs:", "inputs"),
    ("losses:", "losses"),
    ("files:", "files"),
)


def _describe_state(project: Project) -> dict[str, Any]:
    """Everything that `pdu status` says; whatever is damaged is named, and never stops the rest."""
    store = Releases(project.warehouse)
    owner = lock_owner(project.warehouse / LOCK_NAME)
    current = store.current()
    damage = [problem for problem in (store.pointer_problem(),) if problem]
    found: dict[str, Any] = {
        "building": str(owner) if owner is not None else None,
        "last_failure": _describe_last_failure(project, current),
        "current": None if current is None else current.build_id,
        "current_text": "none; make one with pdu build",
        "database": None,
        "inputs": None,
        "losses": None,
    }
    if current is not None:
        damage += find_damage(current.path)
        found["database"] = str(current.path / DATABASE_NAME)
        found["current_text"] = current.build_id
        if current.record_problem is None:
            age, revision = _describe_age(current), current.record["revision"][:12]
            found["current_text"] += f", {age} old, revision {revision}"
            found["inputs"] = _describe_changes(project, current)
            if current.record.get("loss_reason"):
                found["losses"] = f"accepted, because {current.record['loss_reason']}"
    found["files"] = damage or (["whole"] if current is not None else [])
    found["is_whole"] = current is not None and not damage
    return found


@click.command()
@_FORMAT
def releases(output_format: str) -> None:
    """The releases that are kept, oldest first; * marks the current one."""
    store = Releases(current_project().warehouse)
    current = store.current_id()
    found = [_describe_release(release, current) for release in store.all()]
    if output_format == "json":
        click.echo(json.dumps(found, indent=1))
        return
    for entry in found:
        mark = "*" if entry["is_current"] else " "
        if entry["problem"]:
            click.echo(f"{mark} {entry['build_id']}  damaged: {escape_unprintable(entry['problem'])}")
        else:
            click.echo(
                f"{mark} {entry['build_id']}  built {entry['built_at']} UTC  {entry['rows_n']:>8,} rows  "
                f"{entry['checks_n']} checks"
            )


def _describe_release(release: Release, current: str | None) -> dict[str, Any]:
    entry = {"build_id": release.build_id, "is_current": release.build_id == current, "problem": release.record_problem}
    if entry["problem"] is not None:
        return entry
    record = release.record
    rows_n = sum(mart["rows_n"] for mart in record["marts"])
    return entry | {"built_at": record["built_at"], "rows_n": rows_n, "checks_n": len(record["tests"])}


@click.command()
@click.argument("build_id", required=False)
def rollback(build_id: str | None) -> None:
    """Make an earlier release current again: BUILD_ID, or the one before the current.

    `pdu build --if-changed` will not publish the withdrawn inputs again; a plain `pdu build` does.
    """
    project = current_project()
    output = Output(sys.stdout)
    try:
        with SignalGuard() as guard, build_lock(project.warehouse / LOCK_NAME):
            output.write(f"current: {_roll_back(project, build_id, guard)}\n")
    except LockedError as error:
        _end(ExitCode.LOCKED, str(error))
    except Interrupted as error:
        _end(error.exit_code, f"{error}; nothing was changed")
    except OSError as error:
        _end(ExitCode.PUBLISH_FAILED, f"nothing was changed: {explain_os_error(error)}")


def _roll_back(project: Project, build_id: str | None, guard: SignalGuard) -> str:
    """Note the withdrawal, then make the release current; its build id. Raises OSError, and then nothing changed."""
    store = Releases(project.warehouse)
    current = store.current()
    target = _find_target(store, current, build_id)
    damage = find_damage(target.path)
    if damage:
        _end(ExitCode.PUBLISH_FAILED, f"release {target.build_id}: {damage[0]}; it cannot be made current")
    journal = Journal(project.warehouse)
    withdrawn_before = journal.withdrawn()
    guard.hold()
    if current is not None and current.sequence_n > target.sequence_n and current.record_problem is None:
        journal.withdraw(current.build_id, current.record["fingerprint"])
    elif withdrawn_before == target.record["fingerprint"]:
        journal.reinstate()
    try:
        store.point_to(target.build_id)
    except OSError:
        journal.restore(current.build_id if current is not None else "", withdrawn_before)
        raise
    return target.build_id


def _find_target(store: Releases, current: Release | None, build_id: str | None) -> Release:
    kept = store.all()
    if build_id is not None:
        target = next((release for release in kept if release.build_id == build_id), None)
        if target is None:
            _end(ExitCode.BAD_USAGE, f"no release {build_id!r}; pdu releases lists them")
        return target
    earlier = [release for release in kept if current is None or release.sequence_n < current.sequence_n]
    if not earlier:
        _end(ExitCode.BAD_USAGE, "no release before the current one")
    return earlier[-1]


def _describe_changes(project: Project, current: Release) -> str:
    try:
        now = {item.path: item.sha256 for item in input_files.read_inputs(project)}
    except InputError as error:
        return f"cannot be compared: {str(error).splitlines()[0]}"
    then = {item["path"]: item["sha256"] for item in current.record["inputs"]}
    changed = sorted(path for path in now.keys() | then.keys() if now.get(path) != then.get(path))
    if not changed:
        return "unchanged since"
    return f"{len(changed)} changed since: {', '.join(changed[:5])}{' …' if len(changed) > 5 else ''}"


def _describe_last_failure(project: Project, current: Release | None) -> str | None:
    """How the last build failed; None where it did not."""
    owner, journal = abandoned_owner(project.warehouse / LOCK_NAME), Journal(project.warehouse)
    if owner is not None:
        was_published = current is not None and not journal.knows(current.build_id)
        return f"{'published, then ' if was_published else ''}cut short ({owner}); the next build clears up after it"
    attempt = journal.last_attempt()
    if attempt is None or attempt.get("exit_code") == 0:
        return None
    reason = str(attempt.get("error", "")).partition("\n")[0]
    return f"failed at {attempt.get('ended_at')} with exit code {attempt.get('exit_code')}: {reason}"


def _describe_age(release: Release) -> str:
    built_at = datetime.fromisoformat(release.record["built_at"]).replace(tzinfo=UTC)
    seconds = (datetime.now(UTC) - built_at).total_seconds()
    if seconds < 0:
        return "less than nothing (the clock was set back)"
    for unit, length in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} seconds"


def _end(code: int, message: str) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(code)
