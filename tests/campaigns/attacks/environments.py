"""Builds with dbt itself in hostile environments: the release is the same, whatever the caller's variables are."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from dbt.cli import params

from tests.campaigns.attacks.trial import LONGEST_SECONDS, Trial
from tests.support.toy import write_project

ROOT = Path(__file__).parents[3]
TOY = ROOT / "tests" / "support" / "toy.py"
_HOSTILE = {"DBT_PROFILES_DIR": "/nowhere", "DBT_PROJECT_DIR": "/nowhere", "DBT_TARGET_PATH": "/nowhere"}
_PYTHON = {
    "PYTHONPATH": "{evil}",
    "PYTHONHOME": None,
    "PYTHONSTARTUP": "{evil}/json.py",
    "PYTHONOPTIMIZE": "2",
    "PYTHONWARNINGS": "error",
    "PYTHONHASHSEED": "1",
    "PYTHONUTF8": "0",
    "PYTHONIOENCODING": "ascii",
    "PYTHONINTMAXSTRDIGITS": "640",
    "PYTHONDEVMODE": "1",
    "PYTHONMALLOC": "debug",
    "PYTHONNOUSERSITE": "1",
    "PYTHONSAFEPATH": "1",
    "PYTHONBREAKPOINT": "os.abort",
    "PYTHONPLATLIBDIR": "lib64",
    "PYTHONCASEOK": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}
_OTHER = {
    "GIT_DIR": "/nowhere",
    "GIT_WORK_TREE": "/nowhere",
    "GIT_CEILING_DIRECTORIES": "/",
    "HOME": "/nowhere",
    "TZ": "Pacific/Kiritimati",
    "LANG": "tr_TR.UTF-8",
    "LC_ALL": "C",
    "LC_NUMERIC": "de_DE.UTF-8",
    "LANGUAGE": "xx",
    "COLUMNS": "3",
    "NO_COLOR": "",
    "FORCE_COLOR": "1",
    "DO_NOT_TRACK": "0",
    "XDG_CONFIG_HOME": "/nowhere",
    "PDU_DATABASE_PATH": "/nowhere/x.duckdb",
    "OMP_NUM_THREADS": "0",
}


def environments() -> Iterator[Trial]:
    """All of dbt's options at once and the dangerous ones alone, Python's, others, limits and umasks."""
    with tempfile.TemporaryDirectory() as name:
        root = write_project(Path(name) / "toy")
        evil = Path(name) / "evil"
        evil.mkdir()
        for module in ("json", "duckdb", "dbt", "sitecustomize", "pdu_inspections"):
            (evil / f"{module}.py").write_text("raise SystemExit('shadowed')\n", encoding="utf-8")
        expected = _hashes(_build(root, {}))
        dbt = {option: _HOSTILE.get(option, "true") for option in _dbt_options()}
        cases: list[tuple[str, dict[str, str]]] = [(f"all {len(dbt)} DBT_ options", dbt)]
        cases += [(f"{option}={value}", {option: value}) for option, value in _ALONE.items()]
        python = {k: v.format(evil=evil) for k, v in _PYTHON.items() if v is not None}
        cases += [(f"{option}={value}", {option: value}) for option, value in {**python, **_OTHER}.items()]
        for label, variables in cases:
            yield _judge(root, Trial("environment", label), expected, variables)
        for mask in (0o000, 0o077, 0o777):
            trial = _judge(root, Trial("environment", f"umask {mask:03o}"), expected, {}, lambda m=mask: os.umask(m))
            modes = {path.stat().st_mode & 0o777 for path in (root / "warehouse" / "current").resolve().rglob("*")}
            trial.expect(modes <= {0o444, 0o755}, f"modes {[oct(mode) for mode in modes]}")
            yield trial
        for label, limit in _LIMITS.items():
            yield _limit(root, label, limit, expected)


_ALONE = {
    "DBT_EMPTY": "true",
    "DBT_SELECT": "dim_body",
    "DBT_EXCLUDE": "dim_body",
    "DBT_TARGET": "nothing",
    "DBT_VARS": "{",
    "DBT_FULL_REFRESH": "true",
    "DBT_DEFER": "true",
    "DBT_FAIL_FAST": "true",
    "DBT_WARN_ERROR": "true",
    "DBT_INDIRECT_SELECTION": "empty",
    "DBT_EXCLUDE_RESOURCE_TYPE": "test",
    "DBT_RESOURCE_TYPE": "seed",
    "DBT_LOG_LEVEL": "none",
    "DBT_QUIET": "true",
    "DBT_ENV_SECRET_X": "y",
    "DBT_PROFILES_DIR": "/nowhere",
}

_LIMITS: dict[str, Callable[[], None]] = {
    "64 open files": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)),
    "files of at most 100 kB": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
    "400 MB of address space": lambda: resource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20)),
    "no core files": lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0)),
    "standard output closed": lambda: os.close(1),
    "standard error closed": lambda: os.close(2),
    "standard input closed": lambda: os.close(0),
    "standard output full": lambda: os.dup2(os.open("/dev/full", os.O_WRONLY), 1),
}


def _dbt_options() -> set[str]:
    """Every variable that dbt's command line reads."""
    found: set[str] = set()
    for value in vars(params).values():
        closure = getattr(value, "__closure__", None) or ()
        for cell in closure:
            content = cell.cell_contents
            names = content.get("envvar") if isinstance(content, dict) else None
            found |= {names} if isinstance(names, str) else set(names or ())
    assert len(found) > 40
    return {name for name in found if name.startswith("DBT_")}


def _build(
    root: Path, variables: dict[str, str], before: Callable[[], object] | None = None
) -> subprocess.CompletedProcess[str]:
    """`pdu build` as a person starts it: through the restart that ignores Python's variables."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from pdu_inspections.cli import main; main(prog_name='pdu')"
    return subprocess.run(
        [sys.executable, "-c", code, "--project", str(root), "build", "--no-site", "--keep", "2"],
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **variables},
        cwd=root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=before,
        text=True,
        check=False,
    )


def _hashes(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    assert done.returncode == 0, done.stdout
    return _current_hashes(Path(done.args[4]))


def _current_hashes(root: Path) -> dict[str, str]:
    record = json.loads((root / "warehouse" / "current" / "build.json").read_text(encoding="utf-8"))
    return {mart["table_name"]: mart["content_hash"] for mart in record["marts"]}


def _judge(
    root: Path,
    trial: Trial,
    expected: dict[str, str],
    variables: dict[str, str],
    before: Callable[[], object] | None = None,
) -> Trial:
    previous = (root / "warehouse" / "current").readlink()
    began = time.monotonic()
    done = _build(root, variables, before)
    trial.expect(done.returncode == 0, f"exit code {done.returncode}: {done.stdout[-300:]}")
    trial.expect("Traceback" not in done.stdout, f"a traceback: {done.stdout[-300:]}")
    trial.expect((root / "warehouse" / "current").readlink() != previous, "nothing new was published")
    trial.expect(_current_hashes(root) == expected, "the release differs")
    trial.expect(time.monotonic() - began < 2 * LONGEST_SECONDS, "took too long")
    return trial


def _limit(root: Path, label: str, limit: Callable[[], None], expected: dict[str, str]) -> Trial:
    """A limit may stop a build, with a message; the exit code, and what is current, must be true."""
    trial = Trial("environment", label)
    previous = (root / "warehouse" / "current").readlink()
    done = _build(root, {}, limit)
    trial.expect("Traceback" not in done.stdout, f"a traceback: {done.stdout[-300:]}")
    published = (root / "warehouse" / "current").readlink() != previous
    trial.expect((done.returncode == 0) == published, f"exit code {done.returncode}, published: {published}")
    trial.expect(done.returncode in (0, 4, 5), f"exit code {done.returncode}: {done.stdout[-300:]}")
    trial.expect(_current_hashes(root) == expected, "the release differs")
    return trial
