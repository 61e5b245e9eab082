"""The project's own seeds built once with dbt, for tests that look at what comes out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Built:
    """A database dbt built, and dbt's manifest of it."""

    database: Path
    target: Path

    @property
    def manifest(self) -> dict[str, Any]:
        """dbt's manifest.json."""
        manifest: dict[str, Any] = json.loads((self.target / "manifest.json").read_text(encoding="utf-8"))
        return manifest

    def compiled(self, node: dict[str, Any]) -> str:
        """SQL of a node as dbt ran it."""
        return (self.target.parent / node["compiled_path"]).read_text(encoding="utf-8")


def build(directory: Path, *arguments: str, root: Path = ROOT) -> Built:
    """Run dbt build of a project into a directory of its own; fails with dbt's own words where dbt does."""
    database = directory / "pdu_inspections.duckdb"
    target = directory / "target"
    finished = subprocess.run(
        [
            str(Path(sys.executable).with_name("dbt")), "build", "--exclude-resource-type", "unit_test",
            "--project-dir", str(root), "--profiles-dir", str(ROOT / "profiles"), "--target-path", str(target),
            "--log-path", str(directory / "logs"), *arguments,
        ],
        env={**os.environ, "PDU_DATABASE_PATH": str(database)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert finished.returncode == 0, finished.stdout[-4000:] + finished.stderr[-2000:]
    return Built(database, target)
