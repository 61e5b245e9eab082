"""The list of a release's files, and what is wrong with a release on disk.

The database's table ops_file lists every other file with its size and checksum; SHA256SUMS repeats the list for
`sha256sum --check` and adds the database itself.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pdu_inspections.errors import escape_unprintable
from pdu_inspections.files import read_regular, sync
from pdu_inspections.project import DATABASE_NAME
from pdu_inspections.release.records import read_record
from pdu_inspections.sql import literal

CHECKSUMS_NAME = "SHA256SUMS"
_SIZE_LINE = "# bytes of {name}: {size}"
_MOST_FILES = 100_000
_MOST_PROBLEMS = 10
_CHUNK = 1 << 20
_FILE_MODE = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH
_FOLDER_MODE = stat.S_IRWXU | stat.S_IRGRP | stat.S_IXGRP | stat.S_IROTH | stat.S_IXOTH


@dataclass(frozen=True)
class ListedFile:
    """A file of a release: its path, size in bytes and SHA-256."""

    path: str
    bytes_n: int
    sha256: str


def list_files(directory: Path) -> list[ListedFile]:
    """Every file of a finished release but its database and SHA256SUMS."""
    names = (path.relative_to(directory).as_posix() for path in _regular_files(directory))
    return [
        ListedFile(name, (directory / name).stat().st_size, sha256_of(directory / name))
        for name in names
        if name not in {DATABASE_NAME, CHECKSUMS_NAME}
    ]


def seal(directory: Path, files: list[ListedFile], step: Callable[[str], None]) -> None:
    """Write the checksums, make everything readable by all and writable by none, wait until it is on disk."""
    step("write checksums")
    database = directory / DATABASE_NAME
    size_line = _SIZE_LINE.format(name=DATABASE_NAME, size=database.stat().st_size)
    lines = _checksum_lines([*files, ListedFile(DATABASE_NAME, 0, sha256_of(database))])
    (directory / CHECKSUMS_NAME).write_text("\n".join([size_line, *lines, ""]), encoding="utf-8")
    step("sync files")
    for path in _regular_files(directory):
        path.chmod(_FILE_MODE)
        sync(path)
    for folder, _, _ in os.walk(directory):
        Path(folder).chmod(_FOLDER_MODE)
        sync(Path(folder))


def find_damage(directory: Path) -> list[str]:
    """What is wrong with a release's files, the first problems of them; empty where it is as it was published."""
    problems: list[str] = []
    try:
        for problem in _damage(directory):
            problems.append(escape_unprintable(problem))
            if len(problems) == _MOST_PROBLEMS:
                break
    except (OSError, ValueError, duckdb.Error) as error:
        problems.append(escape_unprintable(f"cannot be checked: {error}"))
    return problems


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _damage(directory: Path) -> Iterator[str]:
    found, problems = _found_files(directory)
    yield from problems
    expected_sums, database_size = _read_checksums(directory)
    if DATABASE_NAME not in expected_sums:
        yield f"no checksum of {DATABASE_NAME} in {CHECKSUMS_NAME}"
        return
    if DATABASE_NAME not in found:
        yield f"{DATABASE_NAME} is missing"
        return
    database = directory / DATABASE_NAME
    problem = _changed(database, database_size or found[DATABASE_NAME], expected_sums[DATABASE_NAME])
    if problem is not None:
        yield problem
        return
    listed = {file.path: file for file in _read_manifest(database, expected_sums, found)}
    if set(expected_sums) - {DATABASE_NAME} != set(listed) or any(
        expected_sums[name] != file.sha256 for name, file in listed.items()
    ):
        yield f"{CHECKSUMS_NAME} differs from the list of files in the database"
    for name, file in listed.items():
        if name not in found:
            yield f"{name} is missing"
        elif (problem := _changed(directory / name, file.bytes_n, file.sha256)) is not None:
            yield problem
    for name in sorted(found.keys() - listed.keys() - {DATABASE_NAME, CHECKSUMS_NAME}):
        yield f"{name} is not part of the release"
    read_record(directory)


def _found_files(directory: Path) -> tuple[dict[str, int], list[str]]:
    """Regular files by path with their sizes, and what else there is that no release holds."""
    found: dict[str, int] = {}
    problems = []
    if directory.is_symlink() or not directory.is_dir():
        raise ValueError("the release is no directory")
    folders = [directory]
    while folders:
        folder = Path(folders.pop())
        entries = list(os.scandir(folder))
        if not entries and folder != directory:
            problems.append(f"{folder.relative_to(directory).as_posix()} is an empty folder")
        for entry in entries:
            name = Path(entry.path).relative_to(directory).as_posix()
            if entry.name.endswith(".wal"):
                problems.append(f"{name} lies beside the database, where readers would replay it")
            elif entry.is_dir(follow_symlinks=False):
                folders.append(Path(entry.path))
            elif entry.is_file(follow_symlinks=False):
                found[name] = entry.stat(follow_symlinks=False).st_size
            else:
                problems.append(f"{name} is {'a link' if entry.is_symlink() else 'no regular file'}")
        if len(found) + len(problems) + len(folders) > _MOST_FILES:
            raise ValueError(f"the release holds more than {_MOST_FILES:,} files")
    return found, problems


def _read_checksums(directory: Path) -> tuple[dict[str, str], int | None]:
    """Checksums by path, and the size of the database where the list says it."""
    text = read_regular(directory / CHECKSUMS_NAME).decode("utf-8")
    first, _, rest = text.partition("\n")
    size = first.removeprefix(_SIZE_LINE.format(name=DATABASE_NAME, size=""))
    if size != first:
        text = rest
    lines = [line.partition("  ") for line in text.splitlines()]
    return {name: checksum for checksum, _, name in lines}, int(size) if size != first and size.isdecimal() else None


def _read_manifest(database: Path, sums: dict[str, str], found: dict[str, int]) -> list[ListedFile]:
    """The list of files in the database. A release made before there was one is judged by SHA256SUMS alone."""
    with duckdb.connect() as connection:
        connection.execute(f"attach {literal(database)} as release (read_only)")
        connection.execute("use release")
        if (
            connection.execute(
                "select 1 from duckdb_tables() where database_name = 'release' and table_name = 'ops_file'"
            ).fetchone()
            is None
        ):
            return [ListedFile(name, found.get(name, 0), sums[name]) for name in sums if name != DATABASE_NAME]
        rows = connection.execute("select path, bytes_n, sha256 from ops_file order by path").fetchall()
    return [ListedFile(*row) for row in rows]


def _changed(path: Path, size: int, checksum: str) -> str | None:
    """Whether a file is another than was published; read only where its size is right, so no longer than that."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size != size:
            return f"{path.name} is not as it was published"
        digest = hashlib.sha256()
        left = size
        while left > 0 and (chunk := file.read(min(_CHUNK, left))):
            digest.update(chunk)
            left -= len(chunk)
    return None if digest.hexdigest() == checksum else f"{path.name} is not as it was published"


def _checksum_lines(files: list[ListedFile]) -> list[str]:
    return [f"{file.sha256}  {file.path}" for file in sorted(files, key=lambda file: file.path)]


def _regular_files(directory: Path) -> list[Path]:
    return sorted(path for path in directory.rglob("*") if path.is_file())
