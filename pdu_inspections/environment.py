"""The environment that a release is made in: chosen here, whatever the caller's variables are.

dbt reads every DBT_ variable as an option, Python every PYTHON variable, git every GIT_ variable. A release must not
depend on them, so this process ignores Python's and its children get an environment of their own.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
"""The directory of this package, in a clone or where pip installed it. Nothing but Python's own is imported here."""

_PASSED_ON = ("PATH", "TMPDIR", "USER", "LOGNAME")
_START = "import sys; {path}from pdu_inspections.cli import main; main(prog_name='pdu')"


def ignore_python_variables() -> None:
    """Start this command again so that Python ignores PYTHON variables, where any is set.

    The variables stay in the environment for hooks, which are the caller's own programs.
    """
    if sys.flags.ignore_environment or not any(name.startswith("PYTHON") for name in os.environ):
        return
    code = _START.format(path="" if _is_installed() else f"sys.path.insert(0, {str(PACKAGE.parent)!r}); ")
    os.execv(sys.executable, [sys.executable, "-E", "-s", "-P", "-c", code, *sys.argv[1:]])


def child_environment(home: Path, **variables: str) -> dict[str, str]:
    """The environment of a child process: the caller's search path, a home of its own, UTF-8, and the given variables.

    home: a directory of the build's own, so that nothing is read from the caller's home.
    """
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment |= {"HOME": str(home), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONSAFEPATH": "1", "TZ": "UTC"}
    if not _is_installed():
        environment["PYTHONPATH"] = str(PACKAGE.parent)
    return environment | variables


def git_environment() -> dict[str, str]:
    """The caller's environment without git's variables, which could point git at another repository."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {"LC_ALL": "C"}


def _is_installed() -> bool:
    """Whether pip installed the package, so that Python finds it by itself."""
    return PACKAGE.parent == Path(sysconfig.get_path("purelib")).resolve()
