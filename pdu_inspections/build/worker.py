"""The process dbt runs in: parses while the gate still checks, builds when told to, dies with the build that began it.

Run as `python -m pdu_inspections.build.worker DBT_OPTION...`. Standard input: any byte means build; its end means that
the build is gone. Standard output: dbt's structured log. Exit codes as dbt's own: 0 success, 1 failures, 2 fault.

A process of its own because dbt keeps databases locked in the process it ran in; one process for parse and build
because its imports alone take longer than the parse.
"""

from __future__ import annotations

import os
import sys
import threading

_ABANDONED = 3


def main(options: list[str]) -> int:
    """Parse, wait for the word, build."""
    go = threading.Event()
    threading.Thread(target=_listen, args=(go,), daemon=True).start()
    from dbt.cli.main import dbtRunner

    parsed = dbtRunner().invoke(["parse", *options])
    if not parsed.success:
        return _exit_code(parsed.exception)
    go.wait()
    built = dbtRunner(manifest=parsed.result).invoke(["build", *options])  # type: ignore[arg-type]
    return 0 if built.success else _exit_code(built.exception)


def _exit_code(exception: BaseException | None) -> int:
    if exception is None:
        return 1
    print(exception, flush=True)
    return 2


def _listen(go: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 1):
        go.set()
    os._exit(_ABANDONED)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
