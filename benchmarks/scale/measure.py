"""What a command costs: time on the clock, processor time, and the most memory its processes held. Linux."""

from __future__ import annotations

import ctypes
import os
import re
import resource
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SET_CHILD_SUBREAPER = 36
_LOOK_EVERY_S = 0.1
# What the ends of processes say that had no memory left: Python, Arrow, DuckDB, C++, Java.
_NO_MEMORY = re.compile(r"out ?of ?memory|memory ?error|unable to allocate|malloc of size|bad_alloc", re.IGNORECASE)


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


class CommandFailed(SystemExit):
    """A command that did not succeed: ends the benchmark with the command's own words."""

    def __init__(self, command: Sequence[str], exit_code: int, output: str) -> None:
        super().__init__(f"{' '.join(command)} failed:\n{output[-6000:]}")
        self.exit_code = exit_code
        self.output = output

    @property
    def reason(self) -> str:
        """That memory ran out, for which Linux kills too; else exit code and last line."""
        if self.exit_code == -signal.SIGKILL or _NO_MEMORY.search(self.output):
            return "out of memory"
        lines = [line.strip() for line in self.output.splitlines() if line.strip()]
        return ": ".join([f"exit code {self.exit_code}", *lines[-1:]])


def run(
    command: Sequence[str], environment: Mapping[str, str], directory: Path, memory_gib: float | None = None
) -> Measured:
    """Run a command that must succeed, and hold no more memory than said where that is; else CommandFailed.

    What the command started and left behind, as Spark's own process, comes to this one to be waited for and counts too.
    """
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryFile("w+") as output:
        began = time.monotonic()
        process = subprocess.Popen(
            command, cwd=directory, env=dict(environment), stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        with _held_to(process.pid, memory_gib):
            _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        usages = [usage, *_left_behind()]
        output.seek(0)
        text = output.read()
    if process.returncode != 0:
        raise CommandFailed(command, process.returncode, text)
    busy = sum(one.ru_utime + one.ru_stime for one in usages)
    return Measured(round(wall, 2), round(busy, 2), round(max(one.ru_maxrss for one in usages) / 1024), text.strip())


@contextmanager
def _held_to(pid: int, memory_gib: float | None) -> Iterator[None]:
    """Kill a process that holds more. A limit of the system would count addresses it has but does not use, too."""
    ended = threading.Event()

    def watch(most: float) -> None:
        while not ended.wait(_LOOK_EVERY_S):
            try:
                pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
                if pages * resource.getpagesize() > most:
                    os.kill(pid, signal.SIGKILL)
                    return
            except (FileNotFoundError, ProcessLookupError):
                return

    if memory_gib is not None:
        threading.Thread(target=watch, args=(memory_gib * 2**30,), daemon=True).start()
    try:
        yield
    finally:
        ended.set()


def _left_behind() -> Iterator[resource.struct_rusage]:
    while True:
        try:
            yield os.wait4(-1, 0)[2]
        except ChildProcessError:
            return
