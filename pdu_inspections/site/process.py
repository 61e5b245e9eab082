"""The site of a release, written by a process of its own beside what else the build has to do.

Run as `python -m pdu_inspections.site.process`: gets ready, waits for one line of JSON on standard input
that says what to write, writes, and ends. The end of standard input means that the build is gone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from pdu_inspections.exit_codes import ExitCode
from pdu_inspections.project import Project
from pdu_inspections.release.errors import BuildError

_ABANDONED = 3


class SiteProcess:
    """Begun early, told what to write once the release's file is finished, waited for at last; killed when left."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pdu_inspections.site.process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        )

    def __enter__(self) -> SiteProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def begin(self, database: Path, output: Path) -> None:
        """Let it write the site of a finished file into a new directory beside that file."""
        assert self._process.stdin is not None
        output.mkdir()
        told = {"database": str(database), "project": str(self._project.root), "output": str(output)}
        try:
            self._process.stdin.write(json.dumps(told) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # it ended already; finish() tells why

    def finish(self) -> None:
        """Wait until the site is written. Raises BuildError where it cannot be."""
        assert self._process.stderr is not None
        errors = self._process.stderr.read().strip().splitlines()
        if self._process.wait() != 0:
            raise BuildError(
                ExitCode.PUBLISH_FAILED,
                f"the site cannot be written: {errors[-1] if errors else 'its writer died'}\n"
                "pdu build --no-site publishes the data without it",
            )


def main() -> int:
    """Wait for the word, write."""
    from pdu_inspections.site.write import IN_RELEASE, write_site

    line = sys.stdin.readline()
    if not line:
        return _ABANDONED
    threading.Thread(target=_listen, daemon=True).start()
    told = json.loads(line)
    write_site(Path(told["database"]), Path(told["project"]), Path(told["output"]), IN_RELEASE)
    return 0


def _listen() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(_ABANDONED)


if __name__ == "__main__":
    sys.exit(main())
