"""What an engine must offer to be compared with DuckDB."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import Self

Row = tuple[str | None, ...]
DBT = Path(sys.executable).with_name("dbt")


class UnavailableError(Exception):
    """The engine is neither there nor to be had; says what to install."""


class Engine(ABC):
    """An engine that runs inside `with`, its data below a directory.

    name: for people. target: its name in profiles/profiles.yml. dbt: the command that builds on it.
    environment: what the profile and the command read.
    """

    name: str
    target: str
    dbt: Path = DBT

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.environment: dict[str, str] = {}

    @abstractmethod
    def __enter__(self) -> Self: ...

    def __exit__(  # noqa: B027
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the engine, where it does not end by itself."""

    @property
    @abstractmethod
    def version(self) -> str:
        """Name and version of the engine and dbt's adapter."""

    @abstractmethod
    def rows(self, mart: str, columns: list[str]) -> list[Row]:
        """A mart's rows, every value as text, decimals with all their digits."""


def install(packages: list[str], what: str) -> None:
    """Install Debian packages where the user may."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise UnavailableError(f"No {what} found. On Debian and Ubuntu: apt-get install {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-qq", "--no-install-recommends", *packages]):
        if subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL).returncode != 0:
            raise UnavailableError(f"No {what} found, and {' '.join(command)} failed")
