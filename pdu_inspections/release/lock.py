"""One build at a time: a lock that its owner's death releases, with the owner's name in it.

The operating system holds the lock on the open file, so a killed build leaves none behind; the file's text only
tells people who holds it. The file is never deleted: two builds could then lock two files of one name.
"""

from __future__ import annotations

import getpass
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

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
        return f"{self.user} on {self.host}, process {self.pid}, since {self.started_at}"

    @property
    def is_dead(self) -> bool:
        """Whether the process is known to be gone; only the host it ran on can tell."""
        if self.host != socket.gethostname() or os.name == "nt":
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        except OSError:
            return False
        return False


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
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _acquire(descriptor)
        abandoned_by = _read(descriptor)
        _write(descriptor, Owner(_user(), socket.gethostname(), os.getpid(), _now()))
        yield Lock(descriptor, abandoned_by)
        _write(descriptor, None)
    except LockedError:
        raise
    except BaseException:
        with suppress(OSError):
            _write(descriptor, None)
        raise
    finally:
        os.close(descriptor)


def lock_owner(path: Path) -> Owner | None:
    """Who holds the lock now; None where nobody does."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return None
    try:
        return None if _try(descriptor) else _read(descriptor)
    finally:
        os.close(descriptor)


def _acquire(descriptor: int) -> None:
    deadline = time.monotonic() + _SETTLING_SECONDS
    while not _try(descriptor):
        owner = _read(descriptor)
        if (owner is not None and not owner.is_dead) or time.monotonic() > deadline:
            raise LockedError(owner)
        time.sleep(_RETRY_SECONDS)


if sys.platform == "win32":
    import msvcrt

    _LOCKED_BYTE = 1 << 30

    def _try(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _read(descriptor: int) -> Owner | None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        return Owner(**json.loads(os.read(descriptor, 4096)))
    except (ValueError, TypeError):
        return None


def _write(descriptor: int, owner: Owner | None) -> None:
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    if owner is not None:
        os.write(descriptor, json.dumps(asdict(owner)).encode())


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
