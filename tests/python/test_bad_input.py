"""The short form of the bad input campaign: spoilt seeds are refused, harmless or told, never published in silence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def test_no_spoilt_seed_changes_a_published_row_in_silence(project_root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.campaigns.bad_input", "--short"],
        cwd=project_root,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "| all | 150 |" in done.stdout
