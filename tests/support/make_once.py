"""What is expensive to make: made once for all test processes, and again only when what it is made of has changed."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from filelock import FileLock


def checksum_of(root: Path, names: Iterable[str], *words: str) -> str:
    """One checksum of all files below folders (or files) of the root, their paths, and the words."""
    digest = hashlib.sha256("\0".join([str(root), *words]).encode())
    for name in names:
        top = root / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"\0{path.relative_to(root)}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def make_once(directory: Path, made_of: str, make: Callable[[Path], None]) -> Path:
    """The directory, filled by make where it does not hold what this checksum stands for.

    Processes that come while it is being made wait for it. Where making fails, those of the same run fail with the same
    words, and the next run tries again.
    """
    directory.parent.mkdir(parents=True, exist_ok=True)
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    stamp, failure = directory / "made_of", directory.with_name(f"{directory.name}.failure")
    with FileLock(f"{directory}.lock"):
        if stamp.exists() and stamp.read_text(encoding="utf-8") == made_of:
            return directory
        if failure.exists() and failure.read_text(encoding="utf-8").startswith(f"{run}\n"):
            raise AssertionError(failure.read_text(encoding="utf-8").partition("\n")[2])
        stamp.unlink(missing_ok=True)
        directory.mkdir(exist_ok=True)
        try:
            make(directory)
        except BaseException as error:
            failure.write_text(f"{run}\n{error}", encoding="utf-8")
            raise
        failure.unlink(missing_ok=True)
        stamp.write_text(made_of, encoding="utf-8")
    return directory


def emptied(directory: Path) -> Path:
    """The directory, which exists, without what was in it."""
    shutil.rmtree(directory)
    directory.mkdir()
    return directory
