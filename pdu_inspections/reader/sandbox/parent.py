"""The parent's side: starts the child, reads its records under a deadline, and says what went wrong in one message."""

from __future__ import annotations

import hashlib
import json
import os
import selectors
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.reader.sandbox.job import Record
from pdu_inspections.reader.sandbox.limits import Limits

_ROOT = Path(__file__).resolve().parents[3]
_START = "import sys; sys.path.append(sys.argv.pop(1)); from pdu_inspections.reader.sandbox.child import main; main()"
_CHUNK = 1 << 16
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)
_FAILURES = {
    "memory": "needs more memory than a report may",
    "nesting": "is malformed: nested too deeply",
    "malformed": "is malformed",
}


@dataclass(frozen=True, slots=True)
class ParserOutput:
    """Records a job gave, and the checksum of the file they came from."""

    records: list[Record]
    sha256: str


def run(path: Path, job: str, kind: str, limits: Limits) -> ParserOutput:
    """Records that the job `module:function` gives for a file. kind: what the file should be, for messages.

    Raises InputError with one problem where the file is missing, too large, refused by the job, malformed or hostile.
    """
    with open_input(path, kind, limits.file_bytes) as file:
        if os.fstat(file.fileno()).st_size == 0:
            raise _problem(path, "is empty", expected=kind)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        data = _output(path, file, job, kind, limits)
    return ParserOutput(list(_records(path, data, kind)), sha256)


def open_input(path: Path, kind: str, most: int) -> BufferedReader:
    """A file to read, if it is a regular one of at most so many bytes. kind: what it should be. Raises InputError."""
    try:
        # A pipe without a writer or a terminal would wait for ever: the file is opened without waiting.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise _problem(path, "does not exist", expected=kind) from None
    except OSError as error:
        raise _problem(path, f"cannot be read: {error.strerror}", expected=kind) from None
    except ValueError:
        raise _problem(path, "has a name that no file can have") from None
    status = os.fstat(descriptor)
    problem = None
    if not stat.S_ISREG(status.st_mode):
        found = next((words for is_kind, words in _KINDS if is_kind(status.st_mode)), "something else")
        problem = _problem(path, "is not a regular file", found, kind)
    elif status.st_size > most:
        problem = too_large(path, f"{status.st_size:,} bytes", most)
    if problem is not None:
        os.close(descriptor)
        raise problem
    return os.fdopen(descriptor, "rb")


def too_large(path: Path, found: str, most: int) -> InputError:
    """The error of a file that is larger than any report."""
    return _problem(path, "is too large for a report", found, f"at most {most:,} bytes")


def _output(path: Path, file: BufferedReader, job: str, kind: str, limits: Limits) -> bytes:
    """What the child writes. The child is gone when this returns."""
    numbers = (limits.memory_bytes, limits.cpu_seconds, limits.pages)
    try:
        child = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, str(_ROOT), job, *map(str, numbers)],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            start_new_session=True,
        )
    except OSError as error:
        raise _problem(path, f"cannot be parsed: the parser does not start ({error.strerror})") from None
    assert child.stdout is not None
    try:
        data = _read(path, child.stdout, limits)
        code = child.wait(timeout=5)
    except subprocess.TimeoutExpired:
        raise _problem(path, "took too long to read", expected=f"at most {limits.wall_seconds:g} seconds") from None
    finally:
        _end(child)
    if code == -signal.SIGXCPU:
        raise _problem(path, "took too long to read", expected=f"at most {limits.cpu_seconds} seconds of CPU time")
    if code != 0:
        found = (
            f"the parser ended with {signal.Signals(-code).name}" if code < 0 else f"the parser ended with code {code}"
        )
        raise _problem(path, "cannot be parsed", found=found, expected=kind)
    return data


def _read(path: Path, pipe: Any, limits: Limits) -> bytes:
    deadline = time.monotonic() + limits.wall_seconds
    data = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise _problem(path, "took too long to read", expected=f"at most {limits.wall_seconds:g} seconds")
            chunk = os.read(pipe.fileno(), _CHUNK)
            if not chunk:
                return bytes(data)
            data += chunk
            if len(data) > limits.output_bytes:
                raise _problem(
                    path, "holds more text than a report may", expected=f"at most {limits.output_bytes:,} bytes"
                )


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ends the child, and whatever it may have started."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    if child.stdout is not None:
        child.stdout.close()


def _records(path: Path, data: bytes, kind: str) -> Iterator[Record]:
    """Records of a child that ended in order. What a job says may come from the file, so nothing is taken on trust."""
    for count, line in enumerate(data.splitlines()):
        try:
            record = json.loads(line)
        except ValueError:
            break
        if not isinstance(record, dict):
            break
        if "refused" in record:
            found, expected, action = (_text_or_none(record.get(name)) for name in ("found", "expected", "action"))
            message = _text_or_none(record["refused"]) or "is refused"
            raise InputError(Problem(str(path), message, found=found, expected=expected, action=action))
        if "failed" in record:
            message = _FAILURES.get(str(record["failed"]), "is malformed")
            raise _problem(path, message, found=_text_or_none(record.get("found")), expected=kind)
        if "end" in record:
            if record["end"] == count:
                return
            break
        yield record
    raise _problem(path, "cannot be parsed", found="the parser's output breaks off", expected=kind)


def _text_or_none(value: object) -> str | None:
    return value[:300] if isinstance(value, str) else None


def _problem(path: Path, message: str, found: str | None = None, expected: str | None = None) -> InputError:
    return InputError(Problem(str(path), message, found=found, expected=expected))
