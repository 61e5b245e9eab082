"""Runs `pdu`, or the toy's, and does something at the Nth moment at which it changes files of a project.

    python at_event.py PROJECT NUMBER ACTION toy|pdu ARGUMENT ...

ACTION is a signal's number, or the path of a Python file that is run in the same process. A moment is any opening of
a file for writing, renaming, linking, removing, making a folder or changing a mode below PROJECT, as Python's audit
events tell. NUMBER 0 does nothing; the number of moments is written to the file that AT_EVENT_COUNT names.
"""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path
from typing import Any

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.truncate"}


def main() -> None:
    project, number, action, program, *arguments = sys.argv[1:]
    moments = 0
    process = os.getpid()
    count = os.environ.pop("AT_EVENT_COUNT", None)

    def watch(event: str, details: tuple[Any, ...]) -> None:
        nonlocal moments
        if event == "open":
            path, mode, flags = details
            if not (isinstance(mode, str) and set(mode) & set("wxa+")) and not (flags or 0) & (os.O_WRONLY | os.O_RDWR):
                return
        elif event in CHANGES:
            path = details[0]
        else:
            return
        if os.getpid() != process or not isinstance(path, str | bytes | os.PathLike):
            return
        if not os.path.abspath(os.fsdecode(path)).startswith(project):  # noqa: PTH100
            return
        moments += 1
        if moments == int(number):
            if action.isdigit():
                os.kill(process, int(action))
            else:
                exec(compile(Path(action).read_text(encoding="utf-8"), action, "exec"), {"project": Path(project)})

    sys.addaudithook(watch)
    sys.argv = ["pdu", *arguments]
    try:
        if program == "toy":
            runpy.run_path(str(Path(__file__).with_name("toy.py")), run_name="__main__")
        else:
            from pdu_inspections.cli import main as run_pdu

            run_pdu(prog_name="pdu", args=arguments)
    finally:
        if count is not None:
            Path(count).write_text(str(moments), encoding="utf-8")


if __name__ == "__main__":
    main()
