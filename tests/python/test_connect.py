"""The entry for notebooks and scripts: a connection to a release, wherever it is named from."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

import pdu_inspections
from pdu_inspections.project import DATABASE_NAME


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose current release has one table."""
    release = tmp_path / "warehouse" / "releases" / "one"
    release.mkdir(parents=True)
    with duckdb.connect(str(release / DATABASE_NAME)) as connection:
        connection.execute("create table answer as select 42 as n")
    (tmp_path / "warehouse" / "current").symlink_to(release)
    return tmp_path


@pytest.mark.parametrize("place", [".", "warehouse/current", f"warehouse/current/{DATABASE_NAME}"])
def test_a_release_opens_by_project_folder_or_file(project: Path, place: str) -> None:
    with pdu_inspections.connect(project / place) as connection:
        assert connection.sql("select n from answer").fetchall() == [(42,)]


def test_a_notebook_in_a_folder_of_the_project_finds_its_release(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "notebooks").mkdir()
    monkeypatch.chdir(project / "notebooks")
    with pdu_inspections.connect() as connection:
        assert connection.sql("select n from answer").fetchall() == [(42,)]


def test_a_connection_cannot_write(project: Path) -> None:
    with pdu_inspections.connect(project) as connection, pytest.raises(duckdb.InvalidInputException):
        connection.execute("create table other as select 1 as n")


def test_where_there_is_no_release_it_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"no release at .*: looked for"):
        pdu_inspections.connect(tmp_path)
