"""What a command costs: elapsed time, processor time, and the most memory that one of its processes held (Linux)."""

from __future__ import annotations

import ctypes
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from resource import struct_rusage

_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Cost:
    """Elapsed and processor seconds, and peak memory of the largest process in MiB."""

    elapsed_s: float
    processor_s: float
    peak_mib: int


def measure(command: Sequence[str], directory: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command that must succeed; SystemExit with its own words where it fails.

    Processes that the command leaves behind, as Spark's own, become children of this one, so that they count too.
    """
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryFile("w+") as output:
        began = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=directory,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        _, status, usage = os.wait4(process.pid, 0)
        elapsed = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        usages = [usage, *_wait_for_orphans()]
        if process.returncode != 0:
            output.seek(0)
            raise SystemExit(f"{' '.join(command)} failed ({process.returncode}):\n{output.read()[-6000:]}")
    processor = sum(one.ru_utime + one.ru_stime for one in usages)
    return Cost(round(elapsed, 2), round(processor, 2), round(max(one.ru_maxrss for one in usages) / 1024))


def _wait_for_orphans() -> Iterator[struct_rusage]:
    while True:
        try:
            yield os.wait4(-1, 0)[2]
        except ChildProcessError:
            return
