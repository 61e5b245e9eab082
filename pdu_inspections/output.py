"""Standard output and standard error, which may be closed or full."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO


def open_standard_streams() -> None:
    """Open what the caller closed of standard input, output and error onto nothing.

    Else the next file that is opened would take its place, and what is printed would be written into that file.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - for good
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def flush_standard_streams() -> None:
    """Write what is left for standard output and error; where that fails, Python's own attempt at the end must not."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            discard_output(stream)


class Output:
    """Standard output that may be closed or full: what happens to it never changes how a build ends."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_lost = False

    @property
    def is_terminal(self) -> bool:
        """Whether a person watches."""
        return not self._is_lost and self._stream.isatty()

    def write(self, text: str) -> None:
        """Write at once. After the first failure nothing more is written."""
        if self._is_lost:
            return
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            self._is_lost = True
            discard_output(self._stream)


def discard_output(stream: TextIO) -> None:
    """Let what is left in a stream's buffer go nowhere, or Python's own flush at the end would fail again."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def warn(message: str) -> None:
    """Print a warning, if standard error takes it."""
    with suppress(OSError, ValueError):
        print(message, file=sys.stderr, flush=True)
