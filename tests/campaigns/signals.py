"""Signals at every moment at which `pdu read` or `pdu build` changes a file: all or nothing, and a truthful ending."""

from __future__ import annotations

import json
import shutil
import signal
import sys
import tempfile
from functools import partial
from pathlib import Path

from tests.campaigns.cases import PDU, ROOT, Case, Ended, run_command, spread, toy_command, toy_environment
from tests.support.reader_help import LONG, write_project
from tests.support.toy import write_project as write_toy

HEAD = """# Signals

Written by `python -m pytest -m campaign tests/campaigns -k signals`. Each trial sends one signal at one of the moments
at which `pdu read` or `pdu build` opens a file for writing, renames, removes or makes one. Promises: the command ends
with no traceback, with exit code 0 only where all was done; after the next command the seeds are as before the reading
or as after it, never between, and nothing is left over; what is current is the old release or the new one, the journal
and `status` say which, and the next build succeeds.

Found by it and mended: a signal between the rows of a reading and its drafts kept the one without the other (104 of the
240 trials of readings at full length); they are saved in one step.
"""
MOST_MOMENTS = 60
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)
AT_EVENT = ROOT / "tests" / "support" / "at_event.py"


def cases(directory: Path) -> list[Case]:
    """Every signal at every moment of a reading and of a build."""
    project = write_project(directory / "project")
    toy = write_toy(directory / "toy")
    built = run_command(toy_command("build"), toy, toy_environment())
    assert built.exit_code == 0, built.output
    with tempfile.TemporaryDirectory(dir=directory) as folder:
        read = Path(shutil.copytree(project, Path(folder) / "project"))
        moments_of_read = moments_of(read, directory, "pdu", "read", LONG)
        after = _seeds(read)
        copy = Path(shutil.copytree(toy, Path(folder) / "toy", symlinks=True))
        moments_of_build = moments_of(copy, directory, "toy", "build")
    found = [
        Case(
            f"{number.name} while reading",
            f"moment {moment}",
            partial(_judge_read, project, directory, after, number, moment),
        )
        for number in SIGNALS
        for moment in spread(range(1, moments_of_read + 1), MOST_MOMENTS)
    ]
    found += [
        Case(f"{number.name} while building", f"moment {moment}", partial(_judge_build, toy, directory, number, moment))
        for number in SIGNALS
        for moment in spread(range(1, moments_of_build + 1), MOST_MOMENTS)
    ]
    return found


def _run(project: Path, moment: int, number: int, *arguments: str | Path, **variables: str) -> Ended:
    command = [sys.executable, AT_EVENT, project, str(moment), str(int(number)), *arguments]
    return run_command(command, project, toy_environment(**variables))


def moments_of(project: Path, directory: Path, *arguments: str | Path) -> int:
    """How many moments a command has at which it changes files of a project."""
    count = directory / "count"
    ended = _run(project, 0, 0, *arguments, AT_EVENT_COUNT=str(count))
    assert ended.exit_code == 0, ended.output
    return int(count.read_text(encoding="utf-8"))


def _seeds(project: Path) -> dict[str, bytes]:
    """Every file below seeds but locks, which stay by their nature."""
    seeds = project / "seeds"
    return {
        path.relative_to(seeds).as_posix(): path.read_bytes()
        for path in seeds.rglob("*")
        if path.is_file() and path.suffix != ".lock"
    }


def _broken_ending(ended: Ended, number: int) -> str | None:
    """A sentence where it hung, showed a traceback or ended with a code that no signal gives."""
    return ended.broken_promise(0, 1, 2, 3, 4, 5, 6, 128 + number, -number)


def _judge_read(project: Path, directory: Path, after: dict[str, bytes], number: int, moment: int) -> str | None:
    with tempfile.TemporaryDirectory(dir=directory, ignore_cleanup_errors=True) as folder:
        copy = Path(shutil.copytree(project, Path(folder) / "project"))
        before = _seeds(copy)
        ended = _run(copy, moment, number, "pdu", "read", LONG)
        if broken := _broken_ending(ended, number):
            return broken
        again = run_command([*PDU, "read", "--dry-run", LONG], copy, toy_environment())
        if broken := again.broken_promise(0):
            return f"the next reading: {broken}"
        now = _seeds(copy)
        if now not in (before, after):
            differing = [name for name in now.keys() | after.keys() if now.get(name) != after.get(name)]
            return f"neither before nor after: {sorted(differing)[:5]}"
        if ended.exit_code == 0 and now != after:
            return "exit code 0, but nothing was read"
        last = run_command([*PDU, "read", LONG], copy, toy_environment())
        return None if last.exit_code == 0 and _seeds(copy) == after else f"read again: {last.last_line}"


def _judge_build(toy: Path, directory: Path, number: int, moment: int) -> str | None:
    with tempfile.TemporaryDirectory(dir=directory, ignore_cleanup_errors=True) as folder:
        copy = Path(shutil.copytree(toy, Path(folder) / "toy", symlinks=True))
        current = copy / "warehouse" / "current"
        before = current.readlink()
        ended = _run(copy, moment, number, "toy", "build")
        if broken := _broken_ending(ended, number):
            return broken
        is_published = current.readlink() != before
        if number != signal.SIGKILL and is_published != (ended.exit_code == 0):
            return f"exit code {ended.exit_code}, but published: {is_published}"
        journal = (copy / "warehouse" / "builds.jsonl").read_text(encoding="utf-8").splitlines()
        journal_says_published = json.loads(journal[-1])["exit_code"] == 0 and len(journal) > 1
        if number != signal.SIGKILL and journal_says_published != is_published:
            return f"the journal ends with {journal[-1]}, but published: {is_published}"
        noted = json.loads(journal[-1])
        if number != signal.SIGKILL and len(journal) > 1 and noted["exit_code"] != ended.exit_code:
            return f"exit code {ended.exit_code}, but the journal says {noted['exit_code']}"
        status = run_command(toy_command("status"), copy, toy_environment())
        if broken := status.broken_promise(0):
            return f"status: {broken}"
        again = run_command(toy_command("build"), copy, toy_environment())
        if broken := again.broken_promise(0):
            return f"the next build: {broken}"
        left = [name for name in ("work", "trash") if (copy / "warehouse" / name).exists()]
        return f"left over: {left}" if left else None
