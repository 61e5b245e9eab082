"""Small files of a project, read and written so that nothing found in their place can do harm."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import stat
from pathlib import Path
from typing import Any

LARGEST = 64 * 1024 * 1024


def open_regular(path: Path, flags: int) -> int:
    """A descriptor of a regular file, made where the flags say so. Raises OSError at a link or anything else."""
    descriptor = os.open(path, flags | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "is no regular file", str(path))
    return descriptor


def read_regular(path: Path, largest: int = LARGEST) -> bytes:
    """A regular file's bytes. Raises OSError or ValueError where it is a link, no regular file, or larger."""
    descriptor = open_regular(path, os.O_RDONLY)
    with os.fdopen(descriptor, "rb") as file:
        size = os.fstat(descriptor).st_size
        if size > largest:
            raise ValueError(f"{path.name} has {size:,} bytes, more than {largest:,}")
        return file.read(largest)


def read_json(path: Path) -> Any:
    """A file's JSON. Raises OSError or ValueError, whatever is in it."""
    try:
        return json.loads(read_regular(path).decode("utf-8"))
    except RecursionError:
        raise ValueError(f"{path.name} is nested too deeply") from None


def replace_file(path: Path, content: bytes) -> None:
    """Write a file under another name, wait until it is on disk, and give it its name. Raises OSError."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.unlink(missing_ok=True)
        write_new(fresh, content)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    sync(path.parent)


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, and wait until it is on disk. Raises OSError."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def try_lock(descriptor: int, kind: int = fcntl.LOCK_EX) -> bool:
    """Lock an open file or folder, exclusively or shared; False where another process has a lock in the way."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def sync(path: Path) -> None:
    """Wait until a file or directory is on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
