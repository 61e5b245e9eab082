"""Jobs that misbehave, to be run in the child process of the sandbox."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any

Record = dict[str, Any]


def tell(file: BufferedReader, pages: int) -> Iterator[Record]:
    """What the child sees of the world: its environment, its directory, and whether it can write a file."""
    yield {
        "environment": sorted(os.environ),
        "directory": str(Path.cwd()),
        "pages": pages,
        "content": file.read().decode(),
    }


def write(file: BufferedReader, pages: int) -> Iterator[Record]:
    """Writes into the file named in the input."""
    Path(file.read().decode()).write_text("harm" * 10_000)
    yield {"written": True}


def sleep(file: BufferedReader, pages: int) -> Iterator[Record]:
    time.sleep(60)
    yield {}


def spin(file: BufferedReader, pages: int) -> Iterator[Record]:
    while True:
        pages += 1
    yield {}


def hoard(file: BufferedReader, pages: int) -> Iterator[Record]:
    yield {"hoard": len([bytearray(1 << 20) for _ in range(100_000)])}


def flood(file: BufferedReader, pages: int) -> Iterator[Record]:
    while True:
        yield {"text": "x" * 1000, "at": []}


def crash(file: BufferedReader, pages: int) -> Iterator[Record]:
    yield {"text": "before", "at": []}
    os.abort()


def leave(file: BufferedReader, pages: int) -> Iterator[Record]:
    """Ends in the middle, with a good exit code."""
    yield {"text": "before", "at": []}
    os._exit(0)


def nest(file: BufferedReader, pages: int) -> Iterator[Record]:
    yield {"depth": nest_deeper(0)}


def nest_deeper(depth: int) -> int:
    return nest_deeper(depth + 1)


def forge(file: BufferedReader, pages: int) -> Iterator[Record]:
    """A line with a control character and a place on page nought."""
    yield {"text": "a\x1b[31mb", "at": [[0, 0, 1.0, 1.0]]}
