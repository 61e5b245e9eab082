"""Every campaign at full length: each writes its page to docs/campaigns and fails where a promise was broken."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NO_REPORTS = 2
CAMPAIGNS = {
    "bad input": ("bad_input", "--write"),
    "damaged reports": ("reader", "damage"),
    "faults": ("faults", "--write"),
    "figures of running text": ("prose",),
    "mutation of rules": ("mutation",),
    "print styles": ("reader", "print_styles"),
}


@pytest.mark.campaign
@pytest.mark.parametrize("name", CAMPAIGNS)
def test_no_promise_is_broken(name: str) -> None:
    module, *arguments = CAMPAIGNS[name]
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
