"""What a release is made from: every file that can change a published figure, with its checksum."""

from __future__ import annotations

import hashlib
import platform
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.project import Project

_FILES = ("dbt_project.yml", "requirements/warehouse.lock")
_TREES = (
    ("seeds", "*.csv"),
    ("models", "*"),
    ("macros", "*"),
    ("tests/generic", "*"),
    ("tests/consistency", "*"),
    ("profiles", "*.yml"),
    ("pdu_inspections", "*.py"),
    ("pdu_inspections/site/templates", "*"),
    ("analyses", "*.sql"),
)
_PACKAGES = ("dbt-core", "dbt-duckdb", "duckdb", "great-expectations", "pandas")


@dataclass(frozen=True)
class Input:
    """A file by its path below the project, with its SHA-256 and its size in bytes."""

    path: str
    sha256: str
    bytes_n: int

    @property
    def is_seed(self) -> bool:
        """Whether it holds figures rather than code."""
        return self.path.startswith("seeds/")


def read_inputs(project: Project) -> list[Input]:
    """Every input of a build, by path. Raises InputError where one cannot be read."""
    return [_input(project, path) for path in sorted(set(_paths(project)))]


def fingerprint(inputs: list[Input]) -> str:
    """One SHA-256 for all inputs: the same where every path and every byte is."""
    listing = "".join(f"{item.sha256}  {item.path}\n" for item in inputs)
    return hashlib.sha256(listing.encode()).hexdigest()


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def revision(project: Project) -> tuple[str, bool]:
    """The git revision, and whether anything git tracks has changed since; 'unknown' where git cannot tell."""
    head = _git(project, "rev-parse", "HEAD")
    if head is None:
        return "unknown", False
    return head.strip(), bool(_git(project, "status", "--porcelain", "--untracked-files=no"))


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that make the figures."""
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in _PACKAGES}}


def _paths(project: Project) -> Iterator[Path]:
    yield from (project.root / name for name in _FILES if (project.root / name).is_file())
    for tree, pattern in _TREES:
        yield from (path for path in (project.root / tree).rglob(pattern) if path.is_file())


def _input(project: Project, path: Path) -> Input:
    shown = path.relative_to(project.root).as_posix()
    try:
        return Input(shown, sha256_of(path), path.stat().st_size)
    except OSError as error:
        raise InputError(
            Problem(
                shown, "file cannot be read", found=error.strerror, action="give whoever builds the right to read it"
            )
        ) from None


def _git(project: Project, *arguments: str) -> str | None:
    git = shutil.which("git")
    if git is None:
        return None
    done = subprocess.run([git, "-C", str(project.root), *arguments], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else None
