"""What to do when a build ends: run a command, call a web address. Neither can change the build's own outcome."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import urllib.request
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

_SECONDS = 30


@dataclass(frozen=True)
class Ending:
    """How a build ended, as hooks are told."""

    outcome: str
    exit_code: int
    build_id: str | None
    message: str


@dataclass(frozen=True)
class Hooks:
    """Commands for success and failure, and a web address for both; None where there is none.

    A command is split into words, never given to a shell; it gets the ending as JSON on its standard input, and as
    PDU_OUTCOME, PDU_EXIT_CODE and PDU_BUILD_ID in its environment. The address gets the same JSON by POST.
    """

    on_success: str | None = None
    on_failure: str | None = None
    webhook: str | None = None

    def run(self, ending: Ending) -> Iterator[str]:
        """Run what applies; a line for each hook that failed."""
        content = json.dumps(asdict(ending)).encode()
        command = self.on_success if ending.exit_code == 0 else self.on_failure
        if command:
            yield from _run_command(command, ending, content)
        if self.webhook:
            yield from _post(self.webhook, content)


def _run_command(command: str, ending: Ending, content: bytes) -> Iterator[str]:
    environment = {
        **os.environ,
        "PDU_OUTCOME": ending.outcome,
        "PDU_EXIT_CODE": str(ending.exit_code),
        "PDU_BUILD_ID": ending.build_id or "",
    }
    try:
        words = shlex.split(command)
        done = subprocess.run(words, input=content, env=environment, timeout=_SECONDS, check=False)
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        yield f"hook not run: {type(error).__name__}"
        return
    if done.returncode != 0:
        yield f"hook {words[0]} ended with exit code {done.returncode}"


def _post(address: str, content: bytes) -> Iterator[str]:
    """Only the host of the address is ever told: the rest may hold a secret."""
    host = urlsplit(address).hostname
    if urlsplit(address).scheme not in {"http", "https"}:
        yield "webhook not called: its address must begin with https:// or http://"
        return
    request = urllib.request.Request(address, data=content, headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS):
            pass
    except (OSError, ValueError) as error:
        yield f"webhook at {host} not called: {type(error).__name__}"
