"""The harm: each scenario does it to a warehouse some number of times and tallies which promises broke."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from pdu_inspections.project import DATABASE_NAME
from pdu_inspections.release import build as build_module
from pdu_inspections.release import write as write_module
from pdu_inspections.release.progress import Event
from pdu_inspections.release.releases import Releases
from tests.campaigns.faults.toy_warehouse import (
    ROOT,
    Child,
    Tally,
    ToyWarehouse,
    build_here,
    in_child,
    read_database,
    start,
)

PUBLISHED, PUBLISH_FAILED, LOCKED = 0, 5, 6

_ROOM_LEFT = (0, 1 << 12, 1 << 16, 1 << 18)
"""Bytes left on the disk: none, a page, some pages, about a release of the small project."""
_PR_CAPBSET_DROP = 24
_CAPABILITY_VERSION = 0x20080522
_PASSING_OVER_PERMISSIONS = (1, 2, 3)  # dac_override, dac_read_search, fowner


def steps_of(warehouse: ToyWarehouse) -> list[str]:
    """The steps of a publish, as a build names them."""
    steps: list[str] = []

    def watch() -> list[str]:
        build_here(warehouse.root, lambda event: steps.append(event["step"]) if event["event"] == "step" else None)
        return steps

    warehouse.next_edition()
    return in_child(watch)


def killed_at_every_step(warehouse: ToyWarehouse, times: int) -> Tally:
    """kill -9 exactly when each step of the publish begins."""
    tally = Tally()
    for step in steps_of(warehouse) * times:
        before, new = warehouse.edition, warehouse.next_edition()
        if not warehouse.killed_at(step):
            tally.notes.append(f"step {step!r} was not reached")
        warehouse.judge(tally, before, new)
    return tally


def killed_at_random(warehouse: ToyWarehouse, times: int) -> Tally:
    """kill -9 at any moment of a build."""
    tally = Tally()
    began = time.monotonic()
    warehouse.next_edition()
    warehouse.build()
    length = time.monotonic() - began
    for _ in range(times):
        before, new = warehouse.edition, warehouse.next_edition()
        warehouse.killed_after(warehouse.random.uniform(0, length))
        warehouse.judge(tally, before, new)
    return tally


def killed_with_dbt(warehouse: ToyWarehouse, times: int) -> Tally:
    """kill -9 at any moment of a whole build with dbt itself, in a process of its own; dbt builds next time too."""
    tally = Tally()
    began = time.monotonic()
    _with_dbt(warehouse).wait()
    length = time.monotonic() - began
    for _ in range(times):
        before, new = warehouse.edition, warehouse.next_edition()
        process = _with_dbt(warehouse)
        time.sleep(warehouse.random.uniform(0, length))
        process.kill()
        process.wait()
        warehouse.judge_read(tally, before, new)
        newest = warehouse.next_edition()
        if _with_dbt(warehouse).wait() != PUBLISHED:
            tally.failed_next_builds += 1
        warehouse.judge_read(tally, newest)
        tally.trials += 1
    return tally


def _with_dbt(warehouse: ToyWarehouse) -> subprocess.Popen[bytes]:
    toy = ROOT / "tests" / "support" / "toy.py"
    return subprocess.Popen([sys.executable, str(toy), "build"], cwd=warehouse.root, stdout=subprocess.DEVNULL)


def disk_full(warehouse: ToyWarehouse, times: int) -> Tally:
    """A disk that is full, or nearly, from the moment a step of the publish begins, or from the beginning."""
    tally = Tally()
    filler = warehouse.root / "filler"
    moments = [(step, room) for step in ("", *steps_of(warehouse)) for room in _ROOM_LEFT]
    for step, room in warehouse.random.sample(moments, min(times, len(moments))):
        before, new = warehouse.edition, warehouse.next_edition()
        if not step:
            leave_free(filler, room)
        code = warehouse.build(_filling(filler, step, room), keep=2)
        warehouse.judge_read(tally, before, new)
        filler.unlink()
        warehouse.judge_next(tally, keep=2)
        tally.trials += 1
        tally.notes.append(f"exit code {code}")
        if code not in {PUBLISHED, 4, PUBLISH_FAILED}:
            tally.notes.append(f"exit code {code} at {step!r}")
    tally.notes = [f"{tally.notes.count(note)} × {note}" for note in sorted(set(tally.notes))]
    return tally


def _filling(filler: Path, step: str, room: int) -> Callable[[Event], None]:
    def fill(event: Event) -> None:
        if step and event.get("step") == step:
            leave_free(filler, room)

    return fill


def leave_free(filler: Path, size: int) -> None:
    """Fill the disk but for size bytes."""
    status = os.statvfs(filler.parent)
    surplus = status.f_bavail * status.f_frsize - size
    with filler.open("wb") as file:
        if surplus > 0:
            os.posix_fallocate(file.fileno(), 0, surplus)


@contextmanager
def small_disk(directory: Path, megabytes: int = 24) -> Iterator[Path | None]:
    """A tmpfs of some megabytes; None where it may not be mounted."""
    directory.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(directory)]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        yield None
        return
    try:
        yield directory
    finally:
        subprocess.run(["umount", "--lazy", str(directory)], check=False)


def stale_log(warehouse: ToyWarehouse, times: int) -> Tally:
    """A write-ahead log of another database beside the live file, whole, cut short or garbage; then the next build."""
    tally = Tally()
    logs = in_child(lambda: foreign_logs(warehouse.root / "logs_of_others"))
    for number in range(times):
        name, content = logs[number % len(logs)]
        log = warehouse.database.resolve().with_name(f"{DATABASE_NAME}.wal")
        log.write_bytes(content)
        kind, _ = warehouse.read()
        tally.notes.append(f"beside it a {name} log: a plain read gives {'the content' if kind == 'edition' else kind}")
        tally.trials += 1
        code = warehouse.build(if_changed=True)
        if code != 0:
            tally.failed_next_builds += 1
        warehouse.judge_read(tally, warehouse.edition)
        if warehouse.database.resolve().with_name(f"{DATABASE_NAME}.wal").exists():
            tally.failed_next_builds += 1
    tally.notes = sorted(set(tally.notes))
    return tally


def foreign_logs(directory: Path) -> list[tuple[str, bytes]]:
    """Write-ahead logs of other databases, as a killed writer leaves them."""
    directory.mkdir(exist_ok=True)
    database = directory / DATABASE_NAME
    writer = (
        "import duckdb, os, sys; c = duckdb.connect(sys.argv[1]); "
        "c.execute('pragma disable_checkpoint_on_shutdown'); "
        "c.execute('create table fct_score (a integer)'); c.execute('insert into fct_score values (1)'); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", writer, str(database)], check=False)
    whole = database.with_name(f"{DATABASE_NAME}.wal").read_bytes()
    return [
        ("whole", whole),
        ("cut short", whole[: len(whole) * 2 // 3]),
        ("garbage", b"\x00\xff" * 500),
        ("empty", b""),
    ]


def builders_at_once(builders: int, warehouse: ToyWarehouse, times: int) -> Tally:
    """Several builds begun at the same moment: one wins, the others are turned away."""
    tally = Tally()
    won, turned_away = 0, 0
    for _ in range(times):
        before, new = warehouse.edition, warehouse.next_edition()
        children = [start(lambda: build_here(warehouse.root)) for _ in range(builders)]
        codes = [child.result() for child in children]
        won += codes.count(PUBLISHED)
        turned_away += codes.count(LOCKED)
        if set(codes) - {PUBLISHED, LOCKED}:
            tally.notes.append(f"exit codes {codes}")
        warehouse.judge(tally, before, new)
    tally.notes.append(f"{won} published, {turned_away} turned away")
    return tally


def reader_that_never_closes(warehouse: ToyWarehouse, times: int) -> Tally:
    """A reader holds a release open through many publishes, long after it was deleted."""
    tally = Tally()
    held = warehouse.edition
    path = warehouse.database.resolve()
    reader = _Holder(path)
    for _ in range(times):
        before, new = warehouse.edition, warehouse.next_edition()
        if warehouse.build(keep=1) != PUBLISHED:
            tally.failed_next_builds += 1
        warehouse.judge_read(tally, before, new)
        tally.trials += 1
        tally.reads += 1
        if reader.read() != str(held):
            tally.failed_reads += 1
    tally.notes.append(f"the release held open was deleted: {not path.exists()}")
    reader.close()
    return tally


class _Holder:
    """A process that holds a database open and reads it when asked."""

    _CODE = (
        "import duckdb, sys\n"
        "c = duckdb.connect(sys.argv[1], read_only=True)\n"
        "for _ in sys.stdin:\n"
        "    print(c.execute('select max(cast(10 * score_pct as integer)) from fct_score').fetchone()[0], flush=True)\n"
    )

    def __init__(self, database: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", self._CODE, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.read()

    def read(self) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("read\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()

    def close(self) -> None:
        self._process.communicate()


def permissions_lost(warehouse: ToyWarehouse, times: int) -> Tally:
    """A user without rights builds: each directory in turn may not be written, or the seeds not be read."""
    tally = Tally()
    places = ["warehouse", "warehouse/releases", "warehouse/build.lock", "seeds/reports/scores.csv", "warehouse/logs"]
    for number in range(times):
        place = warehouse.root / places[number % len(places)]
        before, new = warehouse.edition, warehouse.next_edition()
        mode = place.stat().st_mode
        place.chmod(0o000 if place.is_file() else 0o555)
        code = in_child(lambda: _without_privilege(lambda: build_here(warehouse.root)))
        place.chmod(mode)
        tally.notes.append(f"{place.relative_to(warehouse.root)}: exit code {code}")
        warehouse.judge_read(tally, before, new)
        warehouse.judge_next(tally)
        tally.trials += 1
    tally.notes = sorted(set(tally.notes))
    return tally


def _without_privilege(function: Callable[[], int]) -> int:
    """Give up root's power to pass over permissions, where this runs as root on Linux."""
    if os.getuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        for capability in _PASSING_OVER_PERMISSIONS:
            libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
        header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
        sets = (ctypes.c_uint32 * 6)()
        libc.capget(header, sets)
        for index in range(3):  # effective, permitted, inheritable
            for capability in _PASSING_OVER_PERMISSIONS:
                sets[index] &= ~(1 << capability)
        if libc.capset(header, sets) != 0:
            raise OSError(ctypes.get_errno(), "capset")
    return function()


def clock_moved(warehouse: ToyWarehouse, times: int) -> Tally:
    """The clock jumps years back and forth between builds."""
    tally = Tally()
    for number in range(times):
        before, new = warehouse.edition, warehouse.next_edition()
        code = in_child(partial(_build_in_another_year, warehouse.root, (-30, 30, 0, -1, 1)[number % 5]))
        if code != PUBLISHED:
            tally.failed_next_builds += 1
        warehouse.judge_read(tally, new)
        if before == new:
            tally.mixed_reads += 1
        tally.trials += 1
    numbers = [release.sequence_n for release in Releases(warehouse.directory).all()]
    if numbers != sorted(numbers) or len(numbers) != min(3, times + 1):
        tally.lost_releases += 1
    return tally


def _build_in_another_year(root: Path, years: int) -> int:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime.now(UTC) + timedelta(days=365 * years)

    build_module.datetime = Clock  # type: ignore[misc]
    write_module.datetime = Clock  # type: ignore[misc]
    return build_here(root, keep=3)


def current_corrupted(warehouse: ToyWarehouse, times: int) -> Tally:
    """The current release is damaged from outside; the next scheduled build, with nothing changed, must mend it."""
    tally = Tally()
    for number in range(times):
        name, harm = HARMS[number % len(HARMS)]
        harm(warehouse)
        tally.trials += 1
        code = warehouse.build(if_changed=True)
        if code != PUBLISHED:
            tally.failed_next_builds += 1
            tally.notes.append(f"after {name}: exit code {code}")
        warehouse.judge_read(tally, warehouse.edition)
    tally.notes.append(", ".join(name for name, _ in HARMS))
    return tally


def _flip_a_bit(warehouse: ToyWarehouse) -> None:
    content = bytearray(warehouse.database.read_bytes())
    content[warehouse.random.randrange(len(content))] ^= 1 << warehouse.random.randrange(8)
    _overwrite(warehouse, bytes(content))


def _overwrite(warehouse: ToyWarehouse, content: bytes) -> None:
    path = warehouse.database.resolve()
    path.chmod(0o644)
    path.write_bytes(content)


def _cut_short(warehouse: ToyWarehouse) -> None:
    _overwrite(
        warehouse, warehouse.database.read_bytes()[: warehouse.random.randrange(warehouse.database.stat().st_size)]
    )


def _replace_link(warehouse: ToyWarehouse) -> None:
    (warehouse.directory / "current").unlink()
    (warehouse.directory / "current").mkdir()


HARMS: list[tuple[str, Callable[[ToyWarehouse], object]]] = [
    ("a flipped bit", _flip_a_bit),
    ("a file cut short", _cut_short),
    ("an empty file", lambda warehouse: _overwrite(warehouse, b"")),
    ("a deleted file", lambda warehouse: warehouse.database.resolve().unlink()),
    ("a deleted release", lambda warehouse: shutil.rmtree((warehouse.directory / "current").resolve())),
    ("a deleted record", lambda warehouse: (warehouse.directory / "current" / "build.json").unlink()),
    ("a deleted pointer", lambda warehouse: (warehouse.directory / "current").unlink()),
    ("a directory in the pointer's place", _replace_link),
]


def readers_without_pause(readers: int, warehouse: ToyWarehouse, times: int) -> Tally:
    """Readers open, read and close as fast as they can while releases are published."""
    stop = warehouse.root / "stop"
    children = [start(partial(read_until, warehouse.database, stop)) for _ in range(readers)]
    tally = Tally()
    for _ in range(times):
        warehouse.next_edition()
        if warehouse.build() != PUBLISHED:
            tally.failed_next_builds += 1
        tally.trials += 1
    return gathered(tally, stop, children)


def gathered(tally: Tally, stop: Path, children: list[Child]) -> Tally:
    """Stop the readers and add up what they saw."""
    stop.touch()
    for child in children:
        reads, failed, mixed, notes = child.result()
        tally.reads += reads
        tally.failed_reads += failed
        tally.mixed_reads += mixed
        tally.notes += notes
    stop.unlink()
    tally.notes = sorted(set(tally.notes))[:3]
    return tally


def read_until(database: Path, stop: Path) -> tuple[int, int, int, list[str]]:
    """Read without pause until the file stop appears: reads, failed ones, mixed ones or ones that go back, notes.

    Readers yield to the builder, or eight of them would leave it no time.
    """
    os.nice(19)
    reads = failed = mixed = newest = 0
    notes: list[str] = []
    while not stop.exists():
        reads += 1
        kind, what = read_database(database.resolve())
        if kind == "failed":
            failed += 1
            notes.append(str(what))
            continue
        edition = what[0] if kind == "content" else 0
        if edition < newest:
            mixed += 1
            notes.append(f"{kind}: edition {edition} after {newest}")
        newest = max(newest, edition)
    return reads, failed, mixed, notes[:5]
