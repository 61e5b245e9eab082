"""What a command costs: time on the clock, processor time, and the most memory its processes held. Linux."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SET_CHILD_SUBREAPER = 36


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
    """Run a command that must succeed; ends the benchmark with the command's own words where it does not.

    What the command started and left behind, as Spark's own process, comes to this one to be waited for and counts too.
    """
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryFile("w+") as output:
        began = time.monotonic()
        process = subprocess.Popen(
            command, cwd=directory, env=dict(environment), stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        usages = [usage, *_left_behind()]
        output.seek(0)
        text = output.read()
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{text[-6000:]}")
    busy = sum(one.ru_utime + one.ru_stime for one in usages)
    return Measured(round(wall, 2), round(busy, 2), round(max(one.ru_maxrss for one in usages) / 1024), text.strip())


def _left_behind() -> Iterator[resource.struct_rusage]:
    while True:
        try:
            yield os.wait4(-1, 0)[2]
        except ChildProcessError:
            return
