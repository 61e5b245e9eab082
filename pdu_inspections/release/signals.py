"""Signals that ask a command to end: heard until a release is published, and only noted after that."""

from __future__ import annotations

import signal
from types import FrameType
from typing import Any

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(BaseException):
    """A signal asked the command to end. exit_code: what shells report of a process that the signal ended."""

    def __init__(self, number: int) -> None:
        self.exit_code = 128 + number
        super().__init__(f"interrupted by {signal.Signals(number).name}")


class SignalGuard:
    """Raises Interrupted at the first signal that asks to end; after `hold`, and after the first, only notes signals.

    A signal that the caller ignores, as nohup does with SIGHUP, stays ignored.
    """

    def __init__(self) -> None:
        self._is_held = False
        self.was_signalled = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> SignalGuard:
        for number in _SIGNALS:
            before = signal.getsignal(number)
            if before is not signal.SIG_IGN:
                self._before[number] = before
                signal.signal(number, self._handle)
        return self

    def __exit__(self, *_: object) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)

    def hold(self) -> None:
        """From here on the command goes through to its end."""
        self._is_held = True

    def _handle(self, number: int, _frame: FrameType | None) -> None:
        self.was_signalled = True
        if not self._is_held:
            self._is_held = True
            raise Interrupted(number)
