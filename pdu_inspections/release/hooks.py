"""What to do when a build ends: run a command, call a web address. Neither can change the build's own outcome."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from pdu_inspections.errors import escape_unprintable

SECONDS = 30.0
"""The longest that a command, and the call of an address from beginning to end, may take."""


@dataclass(frozen=True)
class Ending:
    """How a build ended, as hooks get it."""

    outcome: str
    exit_code: int
    build_id: str | None
    message: str


@dataclass(frozen=True)
class Hooks:
    """Commands for success and failure, and a web address for both; None where there is none.

    A command is split into words, never given to a shell; it gets the ending as JSON on its standard input, and as
    PDU_OUTCOME, PDU_EXIT_CODE and PDU_BUILD_ID in its environment, which is the caller's. The address gets the same
    JSON by POST.
    """

    on_success: str | None = None
    on_failure: str | None = None
    webhook: str | None = None

    def run(self, ending: Ending, seconds: float = SECONDS) -> Iterator[str]:
        """Run what applies; a line for each hook that failed."""
        content = json.dumps(asdict(ending)).encode()
        command = self.on_success if ending.exit_code == 0 else self.on_failure
        if command:
            yield from _run_command(command, ending, content, seconds)
        if self.webhook:
            yield from _post(self.webhook, content, seconds)


def _run_command(command: str, ending: Ending, content: bytes, seconds: float) -> Iterator[str]:
    """Run a command in a group of its own, so that nothing that it started outlives its time."""
    environment = {
        **os.environ,
        "PDU_OUTCOME": ending.outcome,
        "PDU_EXIT_CODE": str(ending.exit_code),
        "PDU_BUILD_ID": ending.build_id or "",
    }
    try:
        words = shlex.split(command)
        if not words:
            yield "hook not run: its command is empty"
            return
        process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=_standard_error(), env=environment, start_new_session=True
        )
    except (OSError, ValueError) as error:
        yield f"hook not run: {type(error).__name__}"
        return
    name = escape_unprintable(words[0])
    try:
        process.communicate(content, timeout=seconds)
    except subprocess.TimeoutExpired:
        yield f"hook {name} stopped: it took longer than {seconds:g} seconds"
        return
    finally:
        if process.poll() is None:
            with suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    if process.returncode != 0:
        yield f"hook {name} ended with exit code {process.returncode}"


def _standard_error() -> int:
    """Where a command's output goes: not among the lines of the build's own output."""
    try:
        return sys.stderr.fileno()
    except (OSError, ValueError, AttributeError):
        return subprocess.DEVNULL


def _post(address: str, content: bytes, seconds: float) -> Iterator[str]:
    """Call the address. Only its host is ever printed: the rest may hold a secret.

    The call runs in a thread that is left alone once its time is up, since no timeout of the library's own bounds the
    whole of a call.
    """
    failures: list[str] = []

    def call() -> None:
        try:
            request = urllib.request.Request(address, data=content, headers={"Content-Type": "application/json"})
            with urllib.request.urlopen(request, timeout=seconds):
                pass
        except Exception as error:
            failures.append(type(error).__name__)

    try:
        parts = urlsplit(address)
        host = escape_unprintable(parts.hostname or "")[:200]
    except ValueError:
        yield "webhook not called: its address is malformed"
        return
    if parts.scheme not in {"http", "https"} or not host:
        yield "webhook not called: its address must begin with https:// or http:// and name a host"
        return
    thread = threading.Thread(target=call, daemon=True)
    try:
        thread.start()
    except RuntimeError as error:
        failures.append(type(error).__name__)
    else:
        thread.join(seconds)
    if failures:
        yield f"webhook at {host} not called: {failures[0]}"
    elif thread.is_alive():
        yield f"webhook at {host} not called: no answer within {seconds:g} seconds"
