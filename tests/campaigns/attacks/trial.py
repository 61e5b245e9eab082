"""A trial of an attack, and the `pdu` command run in a forked child, so that hundreds of trials take minutes."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pdu_inspections.cli import main
from pdu_inspections.gate import check as gate
from pdu_inspections.gate.report import GateReport
from pdu_inspections.release import command
from pdu_inspections.release.build import build
from pdu_inspections.release.progress import Event
from tests.support.toy import StubDbt

LONGEST_SECONDS = 60.0
Listener = Callable[[Event], None]


@dataclass
class Trial:
    """One attack: of which kind, what was done, and which promises it broke."""

    kind: str
    name: str
    failures: list[str] = field(default_factory=list)

    def expect(self, is_kept: bool, failure: str) -> None:
        """Note a promise that was broken."""
        if not is_kept:
            self.failures.append(failure)


@dataclass(frozen=True)
class Done:
    """How a command ended: its exit code, less than zero for a signal, and what it printed."""

    code: int
    output: str
    seconds: float

    def judge(self, trial: Trial) -> None:
        """What holds however a command ends: no traceback, no hang."""
        trial.expect("Traceback" not in self.output, f"a traceback: {self.output[-300:]}")
        trial.expect(self.seconds < LONGEST_SECONDS, f"took {self.seconds:.0f} seconds")


def run_pdu(
    root: Path, *arguments: str, listener: Listener | None = None, first: Callable[[], object] | None = None
) -> Done:
    """Run a `pdu` command in a child; builds have a stand-in for dbt and a gate that lets everything pass.

    first: what the child does before the command.
    """
    output = root.parent / "output"
    began = time.monotonic()
    pid = os.fork()
    if pid == 0:
        _run_in_child(root, arguments, listener, first, output)
    code = _wait(pid)
    text = output.read_text(encoding="utf-8", errors="replace")
    return Done(code, text, time.monotonic() - began)


def _run_in_child(
    root: Path,
    arguments: tuple[str, ...],
    listener: Listener | None,
    first: Callable[[], object] | None,
    output: Path,
) -> None:
    code = 99
    try:
        descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.dup2(descriptor, 1)
        os.dup2(descriptor, 2)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL if number != signal.SIGINT else signal.default_int_handler)
        gate.check = lambda seeds, docs: GateReport([], 0, 0, 0, [])

        def build_with_stub(project: Any, settings: Any, progress: Any, **options: Any) -> Any:
            if listener is not None:
                progress.add_log(listener)
            return build(project, settings, progress, StubDbt, **options)

        command.run_build = build_with_stub
        if first is not None:
            first()
        main(args=["--project", str(root), *arguments], prog_name="pdu")
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else 1
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _wait(pid: int) -> int:
    """Wait for a child, which is killed where it hangs."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while True:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            return -signal.SIGKILL
        time.sleep(0.005)
