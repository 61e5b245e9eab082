"""What a release is made from: one copy of every input file, taken when the build begins, with its checksums."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import platform
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from pdu_inspections.environment import git_environment
from pdu_inspections.errors import InputError, Problem
from pdu_inspections.project import PACKAGE, Project
from pdu_inspections.seed_files import PENDING, finish_pending, lock_seed_files

_FILES = (
    "dbt_project.yml",
    "packages.yml",
    "dependencies.yml",
    "package-lock.yml",
    "selectors.yml",
    ".dbtignore",
    "CITATION.cff",
    "CHANGELOG.md",
)
_DBT_FILES = frozenset({".sql", ".yml", ".yaml", ".md", ".csv", ".py"})
_TREES: dict[str, frozenset[str] | None] = {
    "seeds": None,
    "models": _DBT_FILES,
    "macros": _DBT_FILES,
    "snapshots": _DBT_FILES,
    "functions": _DBT_FILES,
    "tests": _DBT_FILES - {".py", ".csv"},
    "analyses": _DBT_FILES - {".py", ".csv"},
    "profiles": frozenset({".yml"}),
    "dbt_packages": _DBT_FILES,
}
"""Folders of the dbt project, and which of their files are copied: those that dbt reads, or all."""

_VERSIONED_PACKAGES = ("dbt-core", "dbt-duckdb", "duckdb", "great-expectations", "pandas")
_LARGEST_FILE = 512 * 1024 * 1024
_CHUNK = 1 << 20
_ATTEMPTS = 5
_PAUSE_SECONDS = 0.3
_GIT_SECONDS = 20
_MICROSECONDS = 1_000_000


@dataclass(frozen=True)
class Input:
    """A file by its path below the project, with its SHA-256 and its size in bytes."""

    path: str
    sha256: str
    bytes_n: int


@dataclass(frozen=True)
class Revision:
    """The git revision of a project, and whether files differ from it; why it is unknown, where git does not say."""

    name: str
    is_dirty: bool
    problem: str | None = None


def copy_inputs(project: Project, target: Path) -> list[Input]:
    """Copy every input below target and return their list, by path; the package's own files are listed, not copied.

    The copy is of one moment: where a file changed meanwhile, everything is copied again. Raises InputError where a
    file cannot be used, or where files do not stop changing.
    """
    for attempt in range(_ATTEMPTS):
        if attempt:
            time.sleep(_PAUSE_SECONDS)
            shutil.rmtree(target)
        target.mkdir(parents=True)
        finish_pending(project.root)
        with lock_seed_files(project.root, fcntl.LOCK_SH):
            before = _states(project)
            inputs = [_read_file(path, shown, target / shown) for shown, path in _files(project)]
            if _states(project) == before:
                return sorted([*inputs, *read_package()], key=lambda item: item.path)
    raise InputError(
        Problem(
            str(project.root),
            "input files keep changing while they are copied",
            found=f"a change in each of {_ATTEMPTS} attempts",
            expected="files that stay the same for a second",
            action="wait until whatever writes them has finished, then build again",
        )
    )


def read_inputs(project: Project) -> list[Input]:
    """Every input of a build as it is now, by path. Raises InputError where one cannot be read."""
    inputs = [_read_file(path, shown, None) for shown, path in _files(project)]
    return sorted([*inputs, *read_package()], key=lambda item: item.path)


def read_package() -> list[Input]:
    """The files of this package: the code that checks, builds and writes a release."""
    paths = (path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return [_read_file(path, f"{PACKAGE.name}/{path.relative_to(PACKAGE).as_posix()}", None) for path in sorted(paths)]


def fingerprint(inputs: list[Input]) -> str:
    """One SHA-256 for all inputs and versions: the same where every path, every byte and every version is."""
    listing = "".join(f"{item.sha256}  {item.path}\n" for item in inputs)
    return hashlib.sha256((listing + json.dumps(versions(), sort_keys=True)).encode()).hexdigest()


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that make the figures, and the dbt that PDU_DBT names."""
    known = {"python": platform.python_version(), **{name: metadata.version(name) for name in _VERSIONED_PACKAGES}}
    other = os.environ.get("PDU_DBT")
    return known | {"other-dbt": other} if other else known


def read_revision(project: Project) -> Revision:
    """The git revision, and whether a file that git tracks has changed since."""
    head, problem = _run_git(project, "rev-parse", "HEAD")
    if problem is not None:
        return Revision("unknown", False, problem)
    status, problem = _run_git(project, "-c", "core.fsmonitor=false", "status", "--porcelain", "--untracked-files=no")
    return Revision(head.strip(), bool(status), problem)


def _run_git(project: Project, *arguments: str) -> tuple[str, str | None]:
    """What git prints, or why it gives no answer."""
    git = shutil.which("git")
    if git is None:
        return "", "git is not installed"
    command = [git, "--no-optional-locks", "-C", str(project.root), *arguments]
    try:
        process = subprocess.Popen(
            command,
            env=git_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,
        )
    except OSError as error:
        return "", f"git does not answer ({type(error).__name__})"
    try:
        output, errors = process.communicate(timeout=_GIT_SECONDS)
    except subprocess.TimeoutExpired:
        return "", f"git does not answer within {_GIT_SECONDS} seconds"
    finally:
        # A filter that git started would outlive it, and hold the pipes open.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    reason = (errors.strip() or f"git ended with exit code {process.returncode}").splitlines()[0]
    return output, None if process.returncode == 0 else reason


def _files(project: Project) -> Iterator[tuple[str, Path]]:
    """Every input file of the project, by its path below the root. Raises InputError at a folder that is a link."""
    for name in _FILES:
        if os.path.lexists(project.root / name):
            yield name, project.root / name
    for tree, suffixes in _TREES.items():
        folders = [project.root / tree]
        if folders[0].is_symlink():
            raise _unusable(tree, "is a link", f"a link to {folders[0].readlink()}", "put the folder itself here")
        while folders:
            yield from _files_of_folder(project, folders, suffixes)


def _files_of_folder(
    project: Project, folders: list[Path], suffixes: frozenset[str] | None
) -> Iterator[tuple[str, Path]]:
    folder = folders.pop()
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        raise _unreadable(folder.relative_to(project.root).as_posix(), error) from None
    for entry in entries:
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in {"__pycache__", PENDING}:
                folders.append(path)
        elif suffixes is None or path.suffix in suffixes:
            yield path.relative_to(project.root).as_posix(), path


def _states(project: Project) -> dict[str, tuple[int, ...]]:
    """What shows whether a file was changed: its identity, size and times."""
    states: dict[str, tuple[int, ...]] = {}
    for shown, path in _files(project):
        try:
            status = path.stat()
        except OSError:
            states[shown] = ()
            continue
        states[shown] = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return states


def _read_file(path: Path, shown: str, copy: Path | None) -> Input:
    """The checksum of a file and, where asked for, a copy made of the very bytes that went into it."""
    digest, size = hashlib.sha256(), 0
    try:
        descriptor = os.open(_inside(path, shown), os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise _unusable(shown, "is no regular file", stat.filemode(status.st_mode), "put the file itself here")
            if status.st_size > _LARGEST_FILE:
                raise _unusable(
                    shown, "is too large", f"{status.st_size:,} bytes", "bring large inputs in as Parquet beside seeds"
                )
            if copy is None:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                return Input(shown, digest.hexdigest(), size)
            content = file.read(_LARGEST_FILE)
    except OSError as error:
        raise _unreadable(shown, error) from None
    digest.update(content)
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_bytes(content)
    _set_time_by_content(copy, digest)
    return Input(shown, digest.hexdigest(), len(content))


def _inside(path: Path, shown: str) -> Path:
    """The path, if it is no link out of the project. Raises InputError."""
    if path.is_symlink():
        root = path.parents[shown.count("/")].resolve()
        if not path.resolve().is_relative_to(root):
            raise _unusable(shown, "is a link out of the project", str(path.resolve()), "replace it by the file itself")
    return path


def _set_time_by_content(copy: Path, digest: hashlib._Hash) -> None:
    """Give a copy a time that follows from its content.

    dbt takes a YAML file for unchanged where its time is the same as in the last build. This way that saves its
    parsing, and can never be true of two different contents.
    """
    number = int.from_bytes(digest.digest()[:7], "big") >> 5
    seconds, microseconds = divmod(number, _MICROSECONDS)
    moment = (seconds % (1 << 30)) * 1_000_000_000 + microseconds * 1_000
    os.utime(copy, ns=(moment, moment))


def _unreadable(shown: str, error: OSError) -> InputError:
    return InputError(
        Problem(shown, "file cannot be read", found=error.strerror, action="give whoever builds the right to read it")
    )


def _unusable(shown: str, message: str, found: str, action: str) -> InputError:
    return InputError(Problem(shown, message, found=found, expected="a regular file of the project", action=action))
