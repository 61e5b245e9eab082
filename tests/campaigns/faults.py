"""Harm to the machine beneath a build: readers see the old release or the new one, and the next build succeeds."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import duckdb

from tests.campaigns.cases import Case, run_command, spread, toy_command, toy_environment
from tests.campaigns.signals import AT_EVENT, moments_of
from tests.support.toy import write_project

HEAD = """# Faults of the machine

Written by `python -m pytest -m campaign tests/campaigns -k faults`. Each trial builds a small project anew, whose every
row tells its edition, while the disk is full from some moment on, rights are lost, the clock jumps, others build too or
readers read without pause. Promises: a build ends without a traceback, with exit code 0 where it published and from 2
to 6 where not; readers find the old edition or the new one, whole, and never an older one after a newer; the next build
publishes, and leaves nothing behind. Kills and damage are tried in [signals](signals.md) and
[damage](release_damage.md). Disks are left out where a tmpfs may not be mounted.
"""
PUBLISHED, LOCKED = 0, 6
FAILED = (2, 3, 4, 5, 6)
MOST_MOMENTS = 60
DISK_MB = 24
ROOM_LEFT = (0, 1 << 12, 1 << 16, 1 << 18)
"""Bytes left on the disk: none, a page, some pages, about a release of the small project."""
PLACES = ("warehouse", "warehouse/releases", "warehouse/build.lock", "warehouse/logs", "seeds/reports/scores.csv")
YEARS = (-30, -1, 1, 30)
_PASSING_OVER_PERMISSIONS = (1, 2, 3)  # dac_override, dac_read_search, fowner
_FILL = """
import os
status = os.statvfs(project)
with (project / "filler").open("wb") as file:
    os.posix_fallocate(file.fileno(), 0, max(1, status.f_bavail * status.f_frsize - {room}))
"""
_MOVE_CLOCK = """
from datetime import UTC, datetime, timedelta
from pdu_inspections.release import build, write
class Clock(datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime.now(UTC) + timedelta(days=365 * {years})
build.datetime = write.datetime = Clock
"""
_READ_ON = """
import sys
from pathlib import Path
from tests.campaigns.faults import read_edition
newest = 0
while not Path(sys.argv[2]).exists():
    edition = read_edition(Path(sys.argv[1]).resolve())
    if not isinstance(edition, int) or edition < newest:
        sys.exit(f"after edition {newest}: {edition}")
    newest = edition
"""


def cases(directory: Path) -> list[Case]:
    """Disks full at moments spread over a build, rights lost place by place, clocks, builders and readers."""
    toy = write_project(directory / "toy")
    write_edition(toy, 1)
    assert _build(toy) == PUBLISHED
    copy = Path(shutil.copytree(toy, directory / "counted", symlinks=True))
    moments = spread(range(1, moments_of(copy, directory, "toy", "build") + 1), MOST_MOMENTS)
    full = [(moment, room) for moment in moments for room in ROOM_LEFT] if _may_mount(directory) else []
    found = [
        Case("disk full", f"moment {moment}, {room} bytes left", partial(_judge_disk, toy, directory, moment, room))
        for moment, room in full
    ]  # fmt: skip
    found += [Case("rights lost", place, partial(_judge_rights, toy, directory, place)) for place in PLACES]
    found += [Case("clock moved", f"{years} years", partial(_judge_clock, toy, directory, years)) for years in YEARS]
    found += [
        Case("builders at once", f"{builders}, round {round_n}", partial(_judge_builders, toy, directory, builders))
        for builders in (2, 5)
        for round_n in range(10)
    ]
    found += [
        Case("readers without pause", f"{readers}, {n} builds", partial(_judge_readers, toy, directory, readers, n))
        for readers, n in ((1, 5), (2, 20), (8, 50))
    ]  # fmt: skip
    return found


def write_edition(root: Path, edition: int) -> None:
    """Seeds whose every row tells the edition."""
    for name in ("seeds/reference/bodies.csv", "seeds/reports/scores.csv"):
        head, *lines = (root / name).read_text(encoding="utf-8").splitlines()
        column = head.split(",").index("note" if "note" in head else "score_pct")
        rows = [line.replace('"Birch, North"', "Birch").split(",") for line in lines]
        new = [[*row[:column], str(edition), *row[column + 1 :]] for row in rows]
        (root / name).write_text("\n".join([head, *map(",".join, new)]) + "\n", encoding="utf-8")


def read_edition(database: Path) -> int | str:
    """The edition that every row of both marts tells, or a sentence for what is wrong."""
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            query = (
                "select cast(score_pct as integer) from fct_score union all select cast(note as integer) from dim_body"
            )
            editions = [edition for (edition,) in connection.execute(query).fetchall()]
    except (duckdb.Error, OSError) as error:
        return str(error).partition("\n")[0]
    return int(editions[0]) if len(editions) == 5 and len(set(editions)) == 1 else f"rows of editions {editions}"


def _build(project: Path, **options: object) -> int | None:
    return run_command(toy_command("build"), project, toy_environment(), **options).exit_code


def _judge(project: Path, old: int, *command: str | Path, **options: object) -> str | None:
    """What is wrong after a build of the next edition that was harmed, its reading, and the build after it."""
    write_edition(project, old + 1)
    ended = run_command(command or toy_command("build"), project, toy_environment(), **options)
    (project / "filler").unlink(missing_ok=True)
    if broken := ended.broken_promise(PUBLISHED, *FAILED):
        return broken
    expected = old + (ended.exit_code == PUBLISHED)
    return _read_problem(project, expected)


def _read_problem(project: Path, expected: int) -> str | None:
    found = read_edition((project / "warehouse" / "current" / "pdu_inspections.duckdb").resolve())
    return None if found == expected else f"edition {expected} expected, found: {found}"


def _next_problem(project: Path, edition: int) -> str | None:
    """What is wrong with the next build, without help."""
    write_edition(project, edition)
    ended = run_command(toy_command("build"), project, toy_environment())
    if broken := ended.broken_promise(PUBLISHED):
        return f"the next build: {broken}"
    left = [name for name in ("work", "trash") if (project / "warehouse" / name).exists()]
    return f"left over: {left}" if left else _read_problem(project, edition)


@contextmanager
def _copy(toy: Path, directory: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=directory, ignore_cleanup_errors=True) as folder:
        yield Path(shutil.copytree(toy, Path(folder) / "toy", symlinks=True))


@contextmanager
def _small_disk(directory: Path) -> Iterator[Path]:
    """A tmpfs of some megabytes. Raises subprocess.CalledProcessError where it may not be mounted."""
    with tempfile.TemporaryDirectory(dir=directory) as disk:
        command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", disk]
        subprocess.run(command, capture_output=True, check=True)
        try:
            yield Path(disk)
        finally:
            subprocess.run(["umount", "--lazy", disk], check=False)


def _may_mount(directory: Path) -> bool:
    with suppress(subprocess.CalledProcessError, FileNotFoundError), _small_disk(directory):
        return True
    return False


def _at_moment(project: Path, moment: int, script: str) -> list[str | Path]:
    """The build of the toy, with a script that is run at one of its moments."""
    path = project.parent / "harm.py"
    path.write_text(script, encoding="utf-8")
    return [sys.executable, AT_EVENT, project, str(moment), path, "toy", "build"]


def _judge_disk(toy: Path, directory: Path, moment: int, room: int) -> str | None:
    with _small_disk(directory) as disk:
        project = Path(shutil.copytree(toy, disk / "toy", symlinks=True))
        command = _at_moment(project, moment, _FILL.format(room=room))
        return _judge(project, 1, *command) or _next_problem(project, 3)


def _judge_clock(toy: Path, directory: Path, years: int) -> str | None:
    with _copy(toy, directory) as project:
        if broken := _judge(project, 1, *_at_moment(project, 1, _MOVE_CLOCK.format(years=years))):
            return broken
        record = json.loads((project / "warehouse" / "current" / "build.json").read_text(encoding="utf-8"))
        return _next_problem(project, 3) if record["sequence_n"] == 2 else f"release {record['sequence_n']} is current"


def _judge_rights(toy: Path, directory: Path, place: str) -> str | None:
    with _copy(toy, directory) as project:
        path = project / place
        mode = path.stat().st_mode
        path.chmod(0o000 if path.is_file() else 0o555)
        broken = _judge(project, 1, preexec_fn=_give_up_privilege)
        path.chmod(mode)
        return broken or _next_problem(project, 3)


def _give_up_privilege() -> None:
    """Give up root's power to pass over permissions, where this runs as root on Linux."""
    if os.getuid() != 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    drop, version = 24, 0x20080522
    for capability in _PASSING_OVER_PERMISSIONS:
        libc.prctl(drop, capability, 0, 0, 0)
    header, sets = (ctypes.c_uint32 * 2)(version, 0), (ctypes.c_uint32 * 6)()
    libc.capget(header, sets)
    for index in range(3):  # effective, permitted, inheritable
        for capability in _PASSING_OVER_PERMISSIONS:
            sets[index] &= ~(1 << capability)
    if libc.capset(header, sets) != 0:
        raise OSError(ctypes.get_errno(), "capset")


def _start(command: list[str | Path], project: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [str(part) for part in command],
        cwd=project,
        env=toy_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def _judge_builders(toy: Path, directory: Path, builders: int) -> str | None:
    with _copy(toy, directory) as project:
        write_edition(project, 2)
        started = [_start(toy_command("build"), project) for _ in range(builders)]
        codes = [process.wait() for process in started if process.communicate()]
        if PUBLISHED not in codes or set(codes) - {PUBLISHED, LOCKED}:
            return f"exit codes {codes}"
        return _read_problem(project, 2) or _next_problem(project, 3)


def _judge_readers(toy: Path, directory: Path, readers: int, builds: int) -> str | None:
    with _copy(toy, directory) as project:
        database, stop = project / "warehouse" / "current" / "pdu_inspections.duckdb", project / "stop"
        # Readers yield to the builder, or eight of them would leave it no time.
        read = ["nice", "-n", "19", sys.executable, "-c", _READ_ON, database, stop]
        with duckdb.connect(str(database.resolve()), read_only=True) as held:
            started = [_start(read, project) for _ in range(readers)]
            broken = [found for edition in range(2, builds + 2) if (found := _next_problem(project, edition))]
            stop.touch()
            broken += [process.communicate()[1].decode()[-200:] for process in started]
            if held.execute("select distinct note from dim_body").fetchall() != [("1",)]:
                broken.append("a reader that never closed saw another edition")
        return next(filter(None, broken), None)
