"""Releases on disk, and the pointer to the current one: swapped in one step, never half, never lost.

warehouse/releases/<build id>/   whole, audited, read-only releases; nothing else ever gets a name here
warehouse/current                the pointer: a symbolic link to releases/<build id>
"""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pdu_inspections.files import sync
from pdu_inspections.release.records import read_record

POINTER_NAME = "current"
_BUILD_ID = re.compile(r"[0-9]{6,9}(-[0-9A-Za-z-]{1,80})?")
_LEAST_KEPT = 2


@dataclass(frozen=True)
class Release:
    """A release on disk. The order of releases is that of their numbers, whatever the clock says."""

    build_id: str
    path: Path

    @property
    def sequence_n(self) -> int:
        """Number of the build."""
        return int(self.build_id.partition("-")[0])

    @cached_property
    def record(self) -> dict[str, Any]:
        """What build.json says. Raises OSError or ValueError where it cannot be read."""
        return read_record(self.path)

    @property
    def record_problem(self) -> str | None:
        """Why the record cannot be read; None where it can."""
        try:
            self.record  # noqa: B018 - reads it
        except (OSError, ValueError) as error:
            return f"its record cannot be read: {error}"
        return None


class Releases:
    """The releases of a warehouse."""

    def __init__(self, warehouse: Path) -> None:
        self._warehouse = warehouse
        self.directory = warehouse / "releases"
        self._pointer = warehouse / POINTER_NAME
        self.trash = warehouse / "trash"

    def all(self) -> list[Release]:
        """Every directory that has a release's name, damaged ones too, oldest first."""
        try:
            entries = list(os.scandir(self.directory))
        except OSError:
            return []
        found = [
            Release(entry.name, Path(entry.path))
            for entry in entries
            if _BUILD_ID.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False)
        ]
        return sorted(found, key=lambda release: (release.sequence_n, release.build_id))

    def readable(self) -> list[Release]:
        """The releases whose record can be read, oldest first."""
        return [release for release in self.all() if release.record_problem is None]

    def path(self, build_id: str) -> Path:
        """Where a release is."""
        return self.directory / build_id

    def current_id(self) -> str | None:
        """The build id that the pointer holds; None where it is missing or is no pointer into releases/."""
        try:
            target = self._pointer.readlink()
        except OSError:
            return None
        is_own = target == Path(self.directory.name) / target.name and _BUILD_ID.fullmatch(target.name)
        return target.name if is_own else None

    def pointer_problem(self) -> str | None:
        """What is wrong with the pointer; None where it leads to a release, or there is nothing to point at yet."""
        if not os.path.lexists(self._pointer):
            return "the pointer is missing" if self.all() else None
        if not self._pointer.is_symlink():
            return "the pointer is no link: something else has its name"
        build_id = self.current_id()
        if build_id is None:
            return f"the pointer leads out of releases/: {self._pointer.readlink()}"
        if all(release.build_id != build_id for release in self.all()):
            return f"the pointer leads to a release that is gone: {build_id}"
        return None

    def current(self) -> Release | None:
        """The current release; None where nothing is published, or the pointer is damaged."""
        build_id = self.current_id()
        return next((release for release in self.all() if release.build_id == build_id), None)

    def add(self, finished: Path, build_id: str) -> Path:
        """Give a finished release its name. The directory appears whole."""
        self.directory.mkdir(exist_ok=True)
        target = self.path(build_id)
        finished.rename(target)
        sync(self.directory)
        return target

    def point_to(self, build_id: str) -> None:
        """Make a release current, in one step: a path through the pointer reaches the old or the new release.

        Something else that somebody put in the pointer's place is moved aside, not deleted.
        """
        if os.path.lexists(self._pointer) and not self._pointer.is_symlink():
            self._pointer.rename(self._warehouse / f"{POINTER_NAME}.replaced-by-{build_id}")
        fresh = self._warehouse / f".{POINTER_NAME}.new"
        remove_tree(fresh)
        fresh.symlink_to(Path(self.directory.name) / build_id, target_is_directory=True)
        fresh.replace(self._pointer)
        with suppress(OSError):  # the release is current now, whether or not the disk confirms it
            sync(self._warehouse)

    def prune(self, keep: int, goes_on: Callable[[], bool] = lambda: True) -> list[str]:
        """Delete all but the newest releases, never the current one; build ids of those deleted.

        goes_on: asked before each release; where it says no, the rest stays until the next build.
        """
        current = self.current_id()
        deleted = []
        for release in self.all()[:-keep]:
            if release.build_id == current:
                continue
            if not goes_on():
                break
            deleted.append(self._delete(release))
        return deleted

    def make_room(self, keep: int, needed_bytes: int) -> list[str]:
        """Delete releases that will not be kept, oldest first, until there is room; build ids of those deleted.

        The current release and the one before it always stay.
        """
        current = self.current()
        surplus = self.all()[: -max(keep, _LEAST_KEPT)]
        before = [release for release in self.all() if current is not None and release.sequence_n < current.sequence_n]
        protected = {release.build_id for release in (current, *before[-1:]) if release is not None}
        deleted = []
        for release in surplus:
            if shutil.disk_usage(self._warehouse).free >= needed_bytes:
                break
            if release.build_id not in protected:
                deleted.append(self._delete(release))
        return deleted

    def _delete(self, release: Release) -> str:
        """Move a release out of the way, so that what bears a release's name is whole, then delete it; its build id."""
        self.trash.mkdir(exist_ok=True)
        release.path.rename(self.trash / release.build_id)
        remove_tree(self.trash)
        return release.build_id


def remove_tree(path: Path) -> None:
    """Delete a directory with its read-only files and folders, if it is there; links are deleted, not followed."""
    if not os.path.lexists(path):
        return
    if path.is_symlink() or not path.is_dir():
        path.unlink()
        return
    for folder, _, _ in os.walk(path):
        if not os.access(folder, os.W_OK | os.X_OK):
            Path(folder).chmod(stat.S_IRWXU)
    shutil.rmtree(path)
