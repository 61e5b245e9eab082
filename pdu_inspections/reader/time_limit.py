"""A limit of the time that one file may take, whatever stands in it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from pdu_inspections.errors import InputError, Problem

MOST_SECONDS = 60.0
"""Processor time of one file, its parser's child process not counted: that has limits of its own."""


@contextmanager
def limit_time(path: Path, seconds: float = MOST_SECONDS) -> Iterator[None]:
    """Raises InputError in the block once it has used so many seconds of processor time.

    There is no limit on systems without timers of processor time, and outside the main thread, where Python takes no
    signals.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_number: int, _frame: FrameType | None) -> None:
        raise InputError(
            Problem(
                str(path),
                "took too long to read",
                expected=f"at most {seconds:g} seconds of processor time",
                action="check that the file is one report",
            )
        )

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
