"""The campaigns in short: a few cases of each on every run of the tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.campaigns import edits, environments, faults, growth, hooks, hostile_files, release_damage, signals
from tests.campaigns.cases import run_cases, spread

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="signals, limits and kinds of files as Linux has them"),
]
CASES = {edits: 8, environments: 3, faults: 7, growth: 4, hooks: 6, hostile_files: 12, release_damage: 8, signals: 8}


@pytest.mark.parametrize("module", CASES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_a_few_cases_break_no_promise(module: ModuleType, tmp_path: Path) -> None:
    outcomes = run_cases(spread(module.cases(tmp_path), CASES[module]), jobs=1)
    assert [(case.kind, case.name, broken) for case, broken in outcomes if broken] == []


def run_short(name: str, project_root: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.campaigns.{name}", "--short"],
        cwd=project_root,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_no_spoilt_seed_changes_a_published_row_in_silence(project_root: Path) -> None:
    assert "| all | 150 |" in run_short("bad_input", project_root)
