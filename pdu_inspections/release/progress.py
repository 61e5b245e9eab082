"""What a build says while it works: events, shown to people as lines and kept as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pdu_inspections.output import Output, warn

Event = dict[str, Any]
Listener = Callable[[Event], None]

LOGS_KEPT = 30


class Progress:
    """Passes events on to listeners: the terminal, the log file, and whoever else needs to follow a build."""

    def __init__(self, *listeners: Listener) -> None:
        self._listeners = list(listeners)
        self._log: Listener | None = None

    def add_log(self, log: Listener) -> None:
        """Add a log for the events to come, and for what is written to the log alone."""
        self._listeners.append(log)
        self._log = log

    def emit(self, event: str, message: str, **fields: Any) -> None:
        """Pass an event to every listener; message is for people, fields are for machines."""
        entry = _make_event(event, message, fields)
        for listener in self._listeners:
            listener(entry)

    def emit_to_log(self, event: str, message: str) -> None:
        """Write an event to the log alone: what only the project's own engineers can use."""
        if self._log is not None:
            self._log(_make_event(event, message, {}))

    def step(self, name: str) -> None:
        """A step of the publish is about to begin."""
        self.emit("step", name, step=name)


def _make_event(event: str, message: str, fields: dict[str, Any]) -> Event:
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    return {"at": at, "event": event, "message": message, **fields}


def as_json_lines(output: Output) -> Listener:
    """Events as JSON, one per line."""

    def write(event: Event) -> None:
        output.write(json.dumps(event, default=str) + "\n")

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
            warn(f"log not written: {error}")

    return write


def remove_old_logs(directory: Path, keep: int = LOGS_KEPT) -> None:
    """Delete all but the newest log files; build ids sort by age. A log that cannot be deleted stays."""
    for path in sorted(directory.glob("[0-9]*-*.jsonl"))[:-keep]:
        with suppress(OSError):
            path.unlink(missing_ok=True)


class TerminalListener:
    """Events as lines for people; dbt's nodes as one line that counts up, or every tenth part where nobody watches."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._is_line_open = False
        self._tenths_shown = 0

    def __call__(self, event: Event) -> None:
        """Show an event."""
        if event["event"] == "node":
            self._show_node(event)
        elif event["event"] != "step":
            self._end_line()
            self._output.write(f"{event['message']}\n")

    def _show_node(self, event: Event) -> None:
        index, total = event["index"], event["total"]
        text = f"  {index:>4} of {total}  {event['node']}"
        if self._output.is_terminal:
            self._output.write(f"\r{text:<100.100}")
            self._is_line_open = True
        elif total and index * 10 // total > self._tenths_shown:
            self._tenths_shown = index * 10 // total
            self._output.write(f"{text}\n")

    def _end_line(self) -> None:
        if self._is_line_open:
            self._output.write(f"\r{'':<100}\r")
            self._is_line_open = False
