"""What a command costs: time on the clock, processor time, and the most memory its processes held."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Measured:
    """Seconds on the clock and of the processor, peak memory of the largest process in MiB, standard output."""

    wall: float
    busy: float
    peak_mib: int
    output: str

    def as_dict(self) -> dict[str, Any]:
        """The numbers alone."""
        return {"wall_s": self.wall, "busy_s": self.busy, "peak_mib": self.peak_mib}


def run(command: Sequence[str], environment: Mapping[str, str], directory: Path) -> Measured:
    """Run a command that must succeed; ends the benchmark with the command's own words where it does not."""
    with tempfile.TemporaryFile("w+") as output:
        began = time.monotonic()
        process = subprocess.Popen(
            command, cwd=directory, env=dict(environment), stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read()
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{text[-6000:]}")
    return Measured(
        round(wall, 2), round(usage.ru_utime + usage.ru_stime, 2), round(usage.ru_maxrss / 1024), text.strip()
    )
