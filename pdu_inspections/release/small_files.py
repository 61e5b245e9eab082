"""Small files of a warehouse, read and written so that nothing found in their place can do harm."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

LARGEST = 64 * 1024 * 1024


def read_regular(path: Path, largest: int = LARGEST) -> bytes:
    """A regular file's bytes. Raises OSError or ValueError where it is a link, no regular file, or larger."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise ValueError(f"{path.name} is no regular file")
        if status.st_size > largest:
            raise ValueError(f"{path.name} has {status.st_size:,} bytes, more than {largest:,}")
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
        with fresh.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    sync(path.parent)


def sync(path: Path) -> None:
    """Wait until a file or directory is on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
