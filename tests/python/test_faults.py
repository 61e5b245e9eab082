"""The short form of the fault campaign: what it promises is tried on every run of the tests."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@pytest.mark.skipif(sys.platform != "linux", reason="the campaign kills forked children and mounts a tmpfs: Linux only")
def test_no_reader_sees_harm_and_every_next_build_succeeds(project_root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.campaigns.faults", "--short"],
        cwd=project_root,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"kill -9 at every step of the publish \| 1[0-9] \| 1[0-9] \| 0 \| 0 \| 0 \| 0 \|", done.stdout)
