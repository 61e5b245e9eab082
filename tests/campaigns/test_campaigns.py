"""Every campaign at full length: each writes its page to docs/campaigns and fails where a promise was broken."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.campaigns import edits, environments, faults, growth, hooks, hostile_files, release_damage, signals
from tests.campaigns.cases import ROOT, run_cases, spread, write_page

NO_REPORTS = 2
MOST_TRIALS = int(os.environ.get("CAMPAIGN_TRIALS", "0"))
"""So many trials of each campaign of cases, spread evenly; 0 for all. The page says how many there are."""
OF_CASES = {
    module.__name__.rpartition(".")[2]: module
    for module in (edits, environments, faults, growth, hooks, hostile_files, release_damage, signals)
}
PROGRAMS = {
    "accuracy_of_reading": ("reader", "accuracy"),
    "bad_input": ("bad_input", "--write"),
    "damaged_reports": ("reader", "damage"),
    "mutation": ("mutation",),
    "prose": ("prose",),
}
pytestmark = pytest.mark.campaign


@pytest.mark.parametrize("name", OF_CASES)
def test_no_case_breaks_a_promise(name: str, tmp_path: Path) -> None:
    module: ModuleType = OF_CASES[name]
    known = module.cases(tmp_path)
    outcomes = run_cases(spread(known, MOST_TRIALS or len(known)))
    assert outcomes
    assert write_page(name, module.HEAD, outcomes, len(known)) == 0, f"docs/campaigns/{name}.md names them"


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_campaign_of_its_own_program_ends_well(name: str) -> None:
    module, *arguments = PROGRAMS[name]
    done = subprocess.run(
        [sys.executable, "-m", f"tests.campaigns.{module}", *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if module in {"prose", "reader"} and done.returncode == NO_REPORTS:
        pytest.skip("no real reports: set PDU_REPORTS to where they are")
    assert done.returncode == 0, done.stdout + done.stderr
