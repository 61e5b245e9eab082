"""Fixtures that several test files use."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from warehouse import Built, build

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
    from toy import write_project

    return write_project(tmp_path / "toy")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The project's own seeds built with dbt, once for all tests that only look."""
    return build(tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="session")
def release(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the project's own figures with its site, in a folder of an awkward name."""
    from site_release import BUILD_ID, write_release

    return write_release(built, tmp_path_factory.mktemp("a folder") / "releases" / BUILD_ID)
