"""One build at a time: a lock that the operating system releases when its process ends, with the owner's name in it.

The lock is on the open file, so a killed build leaves none behind; the file's text only says who holds it. The file is
never deleted: two builds could then lock two files of one name.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from pdu_inspections.errors import escape_unprintable
from pdu_inspections.files import open_regular, try_lock
from pdu_inspections.release.errors import user_name

_RETRY_SECONDS = 0.05
_SETTLING_SECONDS = 10.0


@dataclass(frozen=True)
class Owner:
    """Who holds the lock, or held it last."""

    user: str
    host: str
    pid: int
    started_at: str

    def __str__(self) -> str:
        return escape_unprintable(f"{self.user} on {self.host}, process {self.pid}, since {self.started_at}")

    @property
    def is_dead(self) -> bool:
        """Whether the process is known to be gone; only the host it ran on knows."""
        return self.host == socket.gethostname() and not is_running(self.pid)


def is_running(pid: int) -> bool:
    """Whether a process of this machine is there, somebody else's too."""
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


class LockedError(Exception):
    """Another build holds the lock."""

    def __init__(self, owner: Owner | None) -> None:
        self.owner = owner
        super().__init__(f"another build holds the lock: {owner or 'owner not yet written'}")


@dataclass(frozen=True)
class Lock:
    """The held lock. abandoned_by: the owner that died without releasing it, if one did."""

    descriptor: int
    abandoned_by: Owner | None


@contextmanager
def build_lock(path: Path) -> Iterator[Lock]:
    """Hold the lock on path for a build. Raises LockedError where a living process holds it.

    A lock whose owner is dead but whose child processes are not quite gone is waited for, as is one that has no owner
    yet or is only being looked at.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = open_regular(path, os.O_RDWR | os.O_CREAT)
    try:
        _acquire(descriptor)
        abandoned_by = _read(descriptor)
        _write(descriptor, Owner(user_name(os.geteuid()), socket.gethostname(), os.getpid(), _now()))
        yield Lock(descriptor, abandoned_by)
        _write(descriptor, None)
    except LockedError:
        raise
    except BaseException:
        _write(descriptor, None)
        raise
    finally:
        os.close(descriptor)


def lock_owner(path: Path) -> Owner | None:
    """Who holds the lock now; None where nobody does. Needs no more than the right to read."""
    return _look(path)[0]


def abandoned_owner(path: Path) -> Owner | None:
    """Who held the lock and was killed; None where nobody was, or somebody holds it now."""
    return _look(path)[1]


def _look(path: Path) -> tuple[Owner | None, Owner | None]:
    """Who holds the lock, or else who left it without ending in order."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None, None
    try:
        is_free = try_lock(descriptor, fcntl.LOCK_SH)
        owner = _read(descriptor)
    except OSError:
        return None, None
    finally:
        os.close(descriptor)
    return (None, owner) if is_free else (owner or Owner("somebody", "an unknown host", 0, "an unknown time"), None)


def _acquire(descriptor: int) -> None:
    deadline = time.monotonic() + _SETTLING_SECONDS
    while not try_lock(descriptor):
        owner = _read(descriptor)
        if (owner is not None and not owner.is_dead) or time.monotonic() > deadline:
            raise LockedError(owner)
        time.sleep(_RETRY_SECONDS)


def _read(descriptor: int) -> Owner | None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        owner = Owner(**json.loads(os.read(descriptor, 4096)))
    except (ValueError, TypeError, RecursionError):
        return None
    texts = (owner.user, owner.host, owner.started_at)
    is_valid = type(owner.pid) is int and owner.pid > 0 and all(isinstance(text, str) for text in texts)
    return owner if is_valid else None


def _write(descriptor: int, owner: Owner | None) -> None:
    """Write who holds the lock, if the disk has room for it; the lock itself needs none."""
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        if owner is not None:
            os.write(descriptor, json.dumps(asdict(owner)).encode())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
