"""What became of builds, kept beside the releases: every attempt, the last success, releases that were withdrawn.

warehouse/builds.jsonl        one line per attempt, failed ones too
warehouse/last_success.json   written anew by every build that ends well, also where nothing had changed: a monitor
                              that finds it too old knows that builds have stopped (a dead-man file)
warehouse/withdrawn.json      the inputs of a release that somebody rolled back from
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pdu_inspections.release.errors import BuildError

JOURNAL_NAME = "builds.jsonl"
LAST_SUCCESS_NAME = "last_success.json"
WITHDRAWN_NAME = "withdrawn.json"
_MESSAGE_LENGTH = 2000


class Journal:
    """The journal of a warehouse. A journal that cannot be written is reported, and does not stop a build."""

    def __init__(self, warehouse: Path) -> None:
        self._warehouse = warehouse

    def succeeded(self, build_id: str, started_at: datetime | None = None) -> None:
        """Note a success; started_at is None where nothing had changed, so nothing was built."""
        content = {"build_id": build_id, "at": _now(), "was_built": started_at is not None}
        self._write(LAST_SUCCESS_NAME, content)
        if started_at is not None:
            self._append({"build_id": build_id, "started_at": _text(started_at), "ended_at": _now(), "exit_code": 0})

    def failed(self, build_id: str, started_at: datetime, error: BaseException) -> None:
        """Note a failure."""
        self._append(
            {
                "build_id": build_id,
                "started_at": _text(started_at),
                "ended_at": _now(),
                "exit_code": int(error.exit_code) if isinstance(error, BuildError) else None,
                "error": (str(error) or type(error).__name__)[:_MESSAGE_LENGTH],
            }
        )

    def last_attempt(self) -> dict[str, Any] | None:
        """The newest line; None where there is none that can be read."""
        try:
            lines = (self._warehouse / JOURNAL_NAME).read_text(encoding="utf-8").splitlines()
            attempt = json.loads(lines[-1])
        except (OSError, ValueError, IndexError):
            return None
        return attempt if isinstance(attempt, dict) else None

    def withdraw(self, build_id: str, fingerprint: str) -> None:
        """Note that a release was rolled back from: `--if-changed` does not build its inputs again."""
        self._write(WITHDRAWN_NAME, {"build_id": build_id, "fingerprint": fingerprint, "at": _now()})

    def reinstate(self) -> None:
        """Forget the withdrawal: the release is current again."""
        (self._warehouse / WITHDRAWN_NAME).unlink(missing_ok=True)

    def withdrawn(self) -> str | None:
        """Fingerprint of the inputs that were withdrawn last."""
        try:
            content = json.loads((self._warehouse / WITHDRAWN_NAME).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return content.get("fingerprint") if isinstance(content, dict) else None

    def _append(self, content: dict[str, Any]) -> None:
        try:
            with (self._warehouse / JOURNAL_NAME).open("a", encoding="utf-8") as file:
                file.write(json.dumps(content) + "\n")
        except OSError as error:
            print(f"journal not written: {error}", file=sys.stderr)

    def _write(self, name: str, content: dict[str, Any]) -> None:
        fresh = self._warehouse / f".{name}.{os.getpid()}"
        try:
            fresh.write_text(json.dumps(content) + "\n", encoding="utf-8")
            fresh.replace(self._warehouse / name)
        except OSError as error:
            print(f"{name} not written: {error}", file=sys.stderr)


def _now() -> str:
    return _text(datetime.now(UTC))


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
