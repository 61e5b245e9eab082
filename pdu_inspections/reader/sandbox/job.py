"""What a job in the child process is: a function of an open file that yields records."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from io import BufferedReader
from typing import Any

Record = dict[str, Any]
Job = Callable[[BufferedReader, int], Iterator[Record]]


class Refused(Exception):  # noqa: N818  (the file is refused; nothing went wrong)
    """A file that cannot be used, with the words for the person who gave it."""

    def __init__(self, message: str, found: str | None = None, expected: str | None = None, action: str | None = None):
        super().__init__(message)
        self.record: Record = {"refused": message, "found": found, "expected": expected, "action": action}


def encode(record: Record) -> bytes:
    """A record as one line."""
    return json.dumps(record, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
