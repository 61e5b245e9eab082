"""Fixtures that several test files use."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.make_once import checksum_of, emptied, make_once
from tests.support.warehouse import Built, build, built_in, checksum_of_project, run_dbt

ROOT = Path(__file__).parents[2]
# Fixtures that build the warehouse first: their tests stand together, so that one process builds while another runs
# the rest.
OF_THE_WAREHOUSE = {"built", "release", "compiled_over"}


def pytest_configure() -> None:
    """Processes that tests start import this project, wherever they run and whatever is installed."""
    os.environ["PYTHONPATH"] = str(ROOT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put tests of the warehouse first, then the slow ones, so that the last to run are short."""

    def order(item: pytest.Item) -> tuple[bool, bool]:
        names = set(getattr(item, "fixturenames", ()))
        return not names & OF_THE_WAREHOUSE, item.get_closest_marker("slow") is None

    items.sort(key=order)


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
def made_once(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where things are that are made once; pytest --cache-clear empties it."""
    cache = pytestconfig.cache
    return cache.mkdir("made_once") if cache else tmp_path_factory.getbasetemp().parent / "made_once"


@pytest.fixture(scope="session")
def built(made_once: Path) -> Built:
    """The project's own seeds built with dbt, unit tests and data tests included, for all tests that only look."""
    return built_in(make_once(made_once / "built", checksum_of_project(), build))


@pytest.fixture(scope="session")
def release(built: Built, made_once: Path) -> Path:
    """A release of the project's own figures with its site, in a folder of an awkward name."""
    from tests.support.site_release import BUILD_ID, write_release

    def write(directory: Path) -> None:
        write_release(built, emptied(directory) / "releases" / BUILD_ID)

    made_of = checksum_of(ROOT, ("pdu_inspections", "tests/support/site_release.py"), checksum_of_project())
    return make_once(made_once / "a folder", made_of, write) / "releases" / BUILD_ID


@pytest.fixture(scope="session")
def compiled_over(made_once: Path) -> Callable[[Path], dict[str, Any]]:
    """dbt's manifest with the SQL compiled over report tables that are Parquet, for any directory of them."""
    anywhere = "/in/no/place/report_tables"

    def compile_project(directory: Path) -> None:
        run_dbt("compile", directory, "--quiet", "--vars", json.dumps({"report_tables": anywhere}))

    directory = make_once(made_once / "compiled", checksum_of_project(), compile_project)
    text = (directory / "target" / "manifest.json").read_text(encoding="utf-8")

    def over(corpus: Path) -> dict[str, Any]:
        manifest: dict[str, Any] = json.loads(text.replace(anywhere, str(corpus)))
        return manifest

    return over
