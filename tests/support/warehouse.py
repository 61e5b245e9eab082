"""The project's own seeds built with dbt, for tests that look at what comes out."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.support.make_once import checksum_of

ROOT = Path(__file__).resolve().parents[2]
DBT = str(Path(sys.executable).with_name("dbt"))
# Everything that decides what dbt builds.
DBT_FILES = (
    "dbt_project.yml", "profiles", "seeds", "models", "macros", "analyses", "tests/consistency", "tests/generic"
)  # fmt: skip


@dataclass(frozen=True)
class Built:
    """A database dbt built, and dbt's target directory with its manifest."""

    database: Path
    target: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """dbt's manifest.json."""
        manifest: dict[str, Any] = json.loads((self.target / "manifest.json").read_text(encoding="utf-8"))
        return manifest

    @cached_property
    def results(self) -> list[dict[str, Any]]:
        """The result of every node, as dbt's run_results.json has it."""
        results: list[dict[str, Any]] = json.loads((self.target / "run_results.json").read_text(encoding="utf-8"))[
            "results"
        ]
        return results

    def compiled(self, node: dict[str, Any]) -> str:
        """SQL of a node as dbt ran it."""
        return (self.target.parent / node["compiled_path"]).read_text(encoding="utf-8")


def built_in(directory: Path) -> Built:
    """What build made in a directory."""
    return Built(directory / "pdu_inspections.duckdb", directory / "target")


def build(directory: Path, *arguments: str, root: Path = ROOT) -> Built:
    """Run dbt build of a project into a directory of its own; fails with dbt's own words where dbt does."""
    built = built_in(directory)
    built.database.unlink(missing_ok=True)
    run_dbt("build", directory, *arguments, root=root)
    return built


def run_dbt(command: str, directory: Path, *arguments: str, root: Path = ROOT) -> None:
    """Run a dbt command with target, logs and database in a directory; AssertionError with dbt's words if it fails.

    What dbt kept of an earlier parse is used, and dropped where it fails: dbt trips over metrics that are gone.
    """
    kept = directory / "target" / "partial_parse.msgpack"
    finished = _run_dbt(command, directory, *arguments, root=root)
    if finished.returncode != 0 and re.search("(Parsing|Compilation) Error", finished.stdout) and kept.exists():
        kept.unlink()
        finished = _run_dbt(command, directory, *arguments, root=root)
    assert finished.returncode == 0, finished.stdout[-4000:] + finished.stderr[-2000:]


def _run_dbt(command: str, directory: Path, *arguments: str, root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            DBT, command, "--project-dir", str(root), "--profiles-dir", str(ROOT / "profiles"),
            "--target-path", str(directory / "target"), "--log-path", str(directory / "logs"), *arguments,
        ],
        env={**os.environ, "PDU_DATABASE_PATH": str(built_in(directory).database)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip


def checksum_of_project() -> str:
    """Of everything that decides what dbt builds: the project's files, and the versions of what builds it."""
    return checksum_of(ROOT, DBT_FILES, *(version(name) for name in ("dbt-core", "dbt-duckdb", "duckdb")))
