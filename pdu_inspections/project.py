"""The project a command works on: where its inputs are, and where its warehouse is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from pdu_inspections.environment import PACKAGE
from pdu_inspections.errors import InputError, Problem
from pdu_inspections.exit_codes import ExitCode

DATABASE_NAME = "pdu_inspections.duckdb"
SITE = "site"

__all__ = ["DATABASE_NAME", "PACKAGE", "SITE", "Project", "current_project", "find_project"]


@dataclass(frozen=True)
class Project:
    """A checkout of the project, by its root directory."""

    root: Path

    @property
    def seeds(self) -> Path:
        """The seed CSVs."""
        return self.root / "seeds"

    @property
    def profiles(self) -> Path:
        """The directory of dbt's profiles.yml."""
        return self.root / "profiles"

    @property
    def warehouse(self) -> Path:
        """Everything that is built."""
        return self.root / "warehouse"

    @property
    def gate_docs(self) -> Path:
        """Data Docs of the last gate."""
        return self.warehouse / "gate"


def current_project() -> Project:
    """The project that `pdu --project DIR` names, else the one in the current directory.

    Where there is none, prints that and ends the command with the exit code for bad usage.
    """
    context = click.get_current_context(silent=True)
    chosen = context.find_root().params.get("project") if context is not None else None
    try:
        return find_project(Path(chosen).absolute() if chosen is not None else Path.cwd())
    except InputError as error:
        click.echo(str(error), err=True)
        raise SystemExit(ExitCode.BAD_USAGE) from None


def find_project(directory: Path) -> Project:
    """The project in a directory. Raises InputError where there is none."""
    missing = [name for name in ("dbt_project.yml", "seeds") if not (directory / name).exists()]
    if missing:
        raise InputError(
            Problem(
                str(directory),
                "no inspections project here",
                found=f"no {' and no '.join(missing)}",
                expected="the root of a clone, with dbt_project.yml and seeds/",
                action="change into the clone, or name it: pdu --project DIR",
            )
        )
    return Project(directory)
