"""The child's side: limits, then the parser is loaded and isolated, then records go to standard output."""

from __future__ import annotations

import importlib
import mimetypes
import os
import resource
import sys
import sysconfig
from pathlib import Path
from typing import BinaryIO

from pdu_inspections.reader.sandbox.isolation import isolate
from pdu_inspections.reader.sandbox.job import Refused, encode

MOST_OPEN_FILES = 64
_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib")


def main() -> None:
    """Runs `module:function` on standard input. Arguments: job, memory in bytes, CPU seconds, pages."""
    job_name, memory, cpu_seconds, pages = sys.argv[1], *map(int, sys.argv[2:5])
    _limit(memory, cpu_seconds)
    module, _, function = job_name.partition(":")
    output = sys.stdout.buffer
    try:
        job = getattr(importlib.import_module(module), function)
        mimetypes.knownfiles.clear()  # openpyxl would read them from /etc
        isolate(_readable_folders())
        with os.fdopen(0, "rb", closefd=False) as file:
            _write(job(file, pages), output)
    except Refused as refused:
        output.write(encode(refused.record))
    except MemoryError:
        _give_back_memory()
        output.write(b'{"failed":"memory"}\n')
    except RecursionError:
        output.write(b'{"failed":"nesting"}\n')
    except Exception as error:
        output.write(encode({"failed": "malformed", "found": f"{type(error).__name__}: {error}"[:200]}))
    output.flush()
    os._exit(0)


def _readable_folders() -> list[Path]:
    """Folders that Python itself and the parsers are loaded from."""
    package = Path(__file__).resolve().parents[2]
    python = (sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    return [package, *(Path(path).resolve() for path in {*python, *_LIBRARIES})]


def _write(records: object, output: BinaryIO) -> None:
    count = 0
    for record in records:  # type: ignore[attr-defined]
        output.write(encode(record))
        count += 1
    output.write(encode({"end": count}))


def _limit(memory: int, cpu_seconds: int) -> None:
    """Sets the limits. When its CPU time is up the child gets SIGXCPU, which tells why; a second later it is ended."""
    for kind, soft, most in (
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NOFILE, MOST_OPEN_FILES, MOST_OPEN_FILES),
    ):
        _, hard = resource.getrlimit(kind)
        unlimited = hard == resource.RLIM_INFINITY
        resource.setrlimit(kind, (soft if unlimited else min(soft, hard), most if unlimited else min(most, hard)))


def _give_back_memory() -> None:
    """Lets go of what the failed job held, so that there is room for a last word."""
    sys.last_exc = None  # type: ignore[attr-defined]
    importlib.invalidate_caches()
