"""Fixtures that several test files use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pdu_inspections.project import DATABASE_NAME
from tests.support.warehouse import Built, build

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The project itself."""
    return ROOT


@pytest.fixture(scope="session")
def reports_dir() -> Path:
    """The real reports; tests that need them are skipped where they are not."""
    directory = Path(os.environ.get("PDU_REPORTS", ROOT.parent / "shared" / "reports"))
    if not any(directory.glob("*.txt")):
        pytest.skip(f"no reports in {directory}: set PDU_REPORTS to where they are")
    return directory


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """A fresh toy project."""
    from tests.support.toy import write_project

    return write_project(tmp_path / "toy")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The project's own seeds built with dbt, once for all tests that only look."""
    return build(tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="session")
def release(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the project's own figures with its site, in a folder of an awkward name."""
    from tests.support.site_release import BUILD_ID, write_release

    return write_release(built, tmp_path_factory.mktemp("a folder") / "releases" / BUILD_ID)


@pytest.fixture(scope="session")
def compiled_over(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], dict[str, Any]]:
    """dbt's manifest with the SQL compiled over report tables that are Parquet, for any directory of them."""
    directory = tmp_path_factory.mktemp("compiled")
    somewhere = str(directory / "report_tables")
    finished = subprocess.run(
        [
            str(Path(sys.executable).with_name("dbt")), "--quiet", "compile", "--project-dir", str(project_root),
            "--profiles-dir", str(project_root / "profiles"), "--target-path", str(directory / "target"),
            "--log-path", str(directory / "logs"), "--vars", json.dumps({"report_tables": somewhere}),
        ],
        env={**os.environ, "PDU_DATABASE_PATH": str(directory / DATABASE_NAME)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert finished.returncode == 0, finished.stdout[-4000:]
    text = (directory / "target" / "manifest.json").read_text(encoding="utf-8")

    def over(corpus: Path) -> dict[str, Any]:
        manifest: dict[str, Any] = json.loads(text.replace(somewhere, str(corpus)))
        return manifest

    return over
