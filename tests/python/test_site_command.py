"""`pdu site`: where the pages are, and the pages written elsewhere."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from pdu_inspections.project import DATABASE_NAME
from pdu_inspections.release.releases import Releases
from pdu_inspections.site.command import site as site_command
from tests.support.site_release import BUILD_ID
from tests.support.warehouse import ROOT


@pytest.fixture
def published(release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose current release is the one of these tests."""
    (tmp_path / "seeds").mkdir()
    shutil.copy(ROOT / "dbt_project.yml", tmp_path)
    shutil.copytree(ROOT / "analyses", tmp_path / "analyses")
    shutil.copytree(release, tmp_path / "warehouse" / "releases" / BUILD_ID)
    Releases(tmp_path / "warehouse").point_to(BUILD_ID)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.slow
def test_the_command_says_where_the_site_is_and_writes_it_elsewhere_with_its_files(published: Path) -> None:
    told = CliRunner().invoke(site_command)
    assert told.exit_code == 0
    assert Path(told.output.strip()) == published / "warehouse" / "releases" / BUILD_ID / "site" / "index.html"
    written = CliRunner().invoke(site_command, ["--output", "elsewhere"])
    assert written.exit_code == 0, written.output
    downloads = (published / "elsewhere" / "downloads.html").read_text(encoding="utf-8")
    files = [unescape(href) for href in re.findall(r'href="(files/[^"]*)"', downloads)]
    assert f"files/{DATABASE_NAME}" in files
    assert [href for href in files if not (published / "elsewhere" / href).is_file()] == []


def test_the_command_refuses_what_it_cannot_do(published: Path) -> None:
    from pdu_inspections.cli import main

    (published / "taken").mkdir()
    (published / "taken" / "mine.txt").write_text("mine", encoding="utf-8")
    refused = CliRunner().invoke(main, ["site", "--output", "taken"])
    assert refused.exit_code == 1 and "not empty" in refused.output
    assert [path.name for path in (published / "taken").iterdir()] == ["mine.txt"]
    shutil.rmtree(published / "warehouse" / "releases" / BUILD_ID / "site")
    refused = CliRunner().invoke(main, ["site"])
    assert refused.exit_code == 1 and "has no site" in refused.output
    (published / "warehouse" / "current").unlink()
    refused = CliRunner().invoke(main, ["site"])
    assert refused.exit_code == 1 and "nothing is published" in refused.output
