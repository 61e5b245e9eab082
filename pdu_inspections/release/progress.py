"""What a build says while it works: events, told to people as lines and kept as JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

Event = dict[str, Any]
Listener = Callable[[Event], None]

LOGS_KEPT = 30


class Progress:
    """Passes events on to listeners: the terminal, the log file, and whoever else needs to follow a build."""

    def __init__(self, *listeners: Listener) -> None:
        self._listeners = list(listeners)

    def listen(self, listener: Listener) -> None:
        """Add a listener for the events to come."""
        self._listeners.append(listener)

    def emit(self, event: str, message: str, **fields: Any) -> None:
        """Tell every listener; message is for people, fields are for machines."""
        entry = {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "event": event,
            "message": message,
            **fields,
        }
        for listener in self._listeners:
            listener(entry)

    def step(self, name: str) -> None:
        """A step of the publish is about to begin."""
        self.emit("step", name, step=name)


def as_json_lines(stream: TextIO) -> Listener:
    """Events as JSON, one per line."""

    def write(event: Event) -> None:
        stream.write(json.dumps(event, default=str) + "\n")
        stream.flush()

    return write


def to_log_file(path: Path) -> Listener:
    """Events as JSON lines in a file; a log that cannot be written does not stop a build."""

    given_up = False

    def write(event: Event) -> None:
        nonlocal given_up
        if given_up:
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(event, default=str) + "\n")
        except OSError as error:
            given_up = True
            print(f"log not written: {error}", file=sys.stderr)

    return write


def remove_old_logs(directory: Path, keep: int = LOGS_KEPT) -> None:
    """Delete all but the newest log files; build ids sort by age."""
    for path in sorted(directory.glob("*.jsonl"))[:-keep]:
        path.unlink(missing_ok=True)


def to_terminal(stream: TextIO) -> Listener:
    """Events as lines for people; dbt's nodes as one line that counts up, or every tenth part where nobody watches."""
    return _Terminal(stream)


class _Terminal:
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._live = stream.isatty()
        self._open_line = False
        self._tenths = 0

    def __call__(self, event: Event) -> None:
        if event["event"] == "node":
            self._node(event)
        elif event["event"] != "step":
            self._end_line()
            print(event["message"], file=self._stream, flush=True)

    def _node(self, event: Event) -> None:
        index, total = event["index"], event["total"]
        text = f"  {index:>4} of {total}  {event['node']}"
        if self._live:
            print(f"\r{text:<100.100}", end="", file=self._stream, flush=True)
            self._open_line = True
        elif total and index * 10 // total > self._tenths:
            self._tenths = index * 10 // total
            print(text, file=self._stream, flush=True)

    def _end_line(self) -> None:
        if self._open_line:
            print(f"\r{'':<100}\r", end="", file=self._stream)
            self._open_line = False
