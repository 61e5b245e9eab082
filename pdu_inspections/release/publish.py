"""Releases on disk, and the pointer to the current one: swapped in one step, never half, never lost.

warehouse/releases/<build id>/   whole, audited, read-only releases; nothing else ever gets a name here
warehouse/current                the pointer: a symbolic link, or on Windows the file current.txt with the build id
"""

from __future__ import annotations

import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from pdu_inspections.release.files import sync
from pdu_inspections.release.records import read_record


class Pointer(Protocol):
    """What says which release is current."""

    def read(self) -> str | None:
        """The current build id; None where nothing is published."""

    def swap(self, build_id: str) -> None:
        """Point at another release, in one step."""


@dataclass(frozen=True)
class LinkPointer:
    """A symbolic link named current: a path through it reaches the old or the new release, and never neither."""

    warehouse: Path

    @property
    def _link(self) -> Path:
        return self.warehouse / "current"

    def read(self) -> str | None:
        """The current build id; None where nothing is published."""
        return self._link.readlink().name if self._link.is_symlink() else None

    def swap(self, build_id: str) -> None:
        """Make a link under another name, and rename it over the old one.

        Something else that somebody put in the link's place is moved aside, not deleted.
        """
        if self._link.exists() and not self._link.is_symlink():
            self._link.rename(self.warehouse / f"current.replaced-by-{build_id}")
        fresh = self.warehouse / ".current.new"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(Path("releases") / build_id, target_is_directory=True)
        fresh.replace(self._link)
        sync(self.warehouse)


@dataclass(frozen=True)
class FilePointer:
    """A file current.txt that holds the build id, for systems where links need rights that users lack."""

    warehouse: Path

    @property
    def _file(self) -> Path:
        return self.warehouse / "current.txt"

    def read(self) -> str | None:
        """The current build id; None where nothing is published."""
        try:
            return self._file.read_text(encoding="utf-8").strip() or None
        except FileNotFoundError:
            return None

    def swap(self, build_id: str) -> None:
        """Write the id under another name, and rename that over the old file."""
        fresh = self.warehouse / ".current.new"
        fresh.write_text(f"{build_id}\n", encoding="utf-8")
        sync(fresh)
        fresh.replace(self._file)
        sync(self.warehouse)


@dataclass(frozen=True)
class Release:
    """A release on disk and its record."""

    build_id: str
    path: Path
    record: dict[str, Any]

    @property
    def sequence_n(self) -> int:
        """Number of the build; the order of releases, whatever the clock says."""
        return int(self.record["sequence_n"])


class Releases:
    """The releases of a warehouse."""

    def __init__(self, warehouse: Path, pointer: Pointer | None = None) -> None:
        self._directory = warehouse / "releases"
        self.trash = warehouse / "trash"
        self.pointer: Pointer = pointer or (FilePointer(warehouse) if os.name == "nt" else LinkPointer(warehouse))

    def all(self) -> list[Release]:
        """Every release whose record can be read, oldest first."""
        found = []
        for path in self._directory.iterdir() if self._directory.is_dir() else ():
            try:
                found.append(Release(path.name, path, read_record(path)))
            except (OSError, ValueError):
                continue
        return sorted(found, key=lambda release: release.sequence_n)

    def path(self, build_id: str) -> Path:
        """Where a release is."""
        return self._directory / build_id

    def current(self) -> Release | None:
        """The current release; None where nothing is published, or its record cannot be read."""
        build_id = self.pointer.read()
        return next((release for release in self.all() if release.build_id == build_id), None)

    def add(self, finished: Path, build_id: str) -> Path:
        """Give a finished release its name. The directory appears whole."""
        self._directory.mkdir(exist_ok=True)
        target = self.path(build_id)
        finished.rename(target)
        sync(self._directory)
        return target

    def prune(self, keep: int) -> list[str]:
        """Delete all but the newest releases, never the current one; build ids of those deleted.

        Each is moved out of the way first, so that what bears a release's name is whole even if deleting is cut short.
        """
        current = self.pointer.read()
        surplus = [release for release in self.all()[:-keep] if release.build_id != current]
        for release in surplus:
            self.trash.mkdir(exist_ok=True)
            release.path.rename(self.trash / release.build_id)
        remove_tree(self.trash)
        return [release.build_id for release in surplus]


def remove_tree(path: Path) -> None:
    """Delete a directory and its read-only files, if it is there."""
    if not path.exists():
        return
    for file in path.rglob("*"):
        if not file.is_symlink() and not os.access(file, os.W_OK):
            file.chmod(stat.S_IRWXU)
    shutil.rmtree(path)
