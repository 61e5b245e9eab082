"""What became of builds, kept beside the releases: every attempt, the last success, releases that were withdrawn.

warehouse/builds.jsonl        one line per attempt, failed ones too
warehouse/last_success.json   written by every build that ends well, also where nothing had changed: a monitor
                              that finds it too old knows that builds have stopped (a dead-man file)
warehouse/withdrawn.json      the inputs of a release that somebody rolled back from
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pdu_inspections.exit_codes import ExitCode
from pdu_inspections.files import open_regular, read_json, replace_file
from pdu_inspections.output import warn
from pdu_inspections.release.errors import BuildError, explain_os_error
from pdu_inspections.release.signals import Interrupted

JOURNAL_NAME = "builds.jsonl"
LAST_SUCCESS_NAME = "last_success.json"
WITHDRAWN_NAME = "withdrawn.json"
_MESSAGE_LENGTH = 2000
_TAIL = 1 << 18


class Journal:
    """The journal of a warehouse. A journal that cannot be written is reported, and does not stop a build."""

    def __init__(self, warehouse: Path) -> None:
        self._warehouse = warehouse

    def note_success(self, build_id: str, started_at: datetime | None = None) -> None:
        """Note a success; started_at is None where nothing had changed, so nothing was built."""
        content = {"build_id": build_id, "at": _now(), "was_built": started_at is not None}
        try:
            self._write(LAST_SUCCESS_NAME, content)
        except OSError as error:
            warn(f"{LAST_SUCCESS_NAME} not written: {explain_os_error(error)}")
        if started_at is not None:
            self._append({"build_id": build_id, "started_at": _text(started_at), "ended_at": _now(), "exit_code": 0})

    def note_failure(self, build_id: str, started_at: datetime, error: BaseException) -> None:
        """Note a failure, with the exit code that the command ends with."""
        exit_code = error.exit_code if isinstance(error, BuildError | Interrupted) else ExitCode.PUBLISH_FAILED
        self._append(
            {
                "build_id": build_id,
                "started_at": _text(started_at),
                "ended_at": _now(),
                "exit_code": int(exit_code),
                "error": (str(error) or type(error).__name__)[:_MESSAGE_LENGTH],
            }
        )

    def note_cut_short(self, owner: str) -> None:
        """Note a build that was killed before it published."""
        self._append({"ended_at": _now(), "exit_code": None, "error": f"cut short: {owner}"})

    def knows(self, build_id: str) -> bool:
        """Whether one of the newest lines is of this build."""
        return any(line.get("build_id") == build_id for line in self._newest_lines())

    def last_attempt(self) -> dict[str, Any] | None:
        """The newest line; None where there is none that can be read."""
        lines = self._newest_lines()
        return lines[-1] if lines else None

    def withdraw(self, build_id: str, fingerprint: str) -> None:
        """Note that a release is rolled back from: `--if-changed` does not build its inputs again. Raises OSError."""
        self._write(WITHDRAWN_NAME, {"build_id": build_id, "fingerprint": fingerprint, "at": _now()})

    def reinstate(self) -> None:
        """Forget the withdrawal: the release is current again. Raises OSError."""
        (self._warehouse / WITHDRAWN_NAME).unlink(missing_ok=True)

    def restore(self, build_id: str, fingerprint: str | None) -> None:
        """Put back what was noted of withdrawals before, after a rollback that failed."""
        try:
            if fingerprint is None:
                self.reinstate()
            else:
                self.withdraw(build_id, fingerprint)
        except OSError as error:
            warn(f"{WITHDRAWN_NAME} not written: {explain_os_error(error)}")

    def withdrawn(self) -> str | None:
        """Fingerprint of the inputs that were withdrawn last."""
        try:
            content = read_json(self._warehouse / WITHDRAWN_NAME)
        except (OSError, ValueError):
            return None
        fingerprint = content.get("fingerprint") if isinstance(content, dict) else None
        return fingerprint if isinstance(fingerprint, str) else None

    def _newest_lines(self) -> list[dict[str, Any]]:
        """The last lines that can be read, however long the journal is."""
        path = self._warehouse / JOURNAL_NAME
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            with os.fdopen(descriptor, "rb") as file:
                file.seek(max(0, os.fstat(descriptor).st_size - _TAIL))
                content = file.read(_TAIL) or b""
        except OSError:
            return []
        found = []
        for line in content.decode("utf-8", "replace").splitlines():
            try:
                entry = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(entry, dict):
                found.append(entry)
        return found

    def _append(self, content: dict[str, Any]) -> None:
        """Add a line; on a new line of its own, also where the last one was cut short."""
        path = self._warehouse / JOURNAL_NAME
        try:
            descriptor = open_regular(path, os.O_RDWR | os.O_APPEND | os.O_CREAT)
            with os.fdopen(descriptor, "ab+") as file:
                if os.fstat(descriptor).st_size:
                    file.seek(-1, os.SEEK_END)
                    begin = b"" if file.read(1) == b"\n" else b"\n"
                else:
                    begin = b""
                file.write(begin + json.dumps(content).encode() + b"\n")
        except OSError as error:
            warn(f"journal not written: {explain_os_error(error)}")

    def _write(self, name: str, content: dict[str, Any]) -> None:
        replace_file(self._warehouse / name, json.dumps(content).encode() + b"\n")


def _now() -> str:
    return _text(datetime.now(UTC))


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
